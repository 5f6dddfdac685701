// People, their roles and what each may do (ACCT-2, rules 8). The table is data.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::domain {

enum class Role {
    cashier,
    shift_lead,
    receiver,
    inspector,
    after_sales,
    instruments,
    manager,
    account_admin
};
template <>
struct EnumTable<Role> {
    static constexpr std::array rows{
        EnumText{Role::cashier, "cashier"},         EnumText{Role::shift_lead, "shift_lead"},
        EnumText{Role::receiver, "receiver"},       EnumText{Role::inspector, "inspector"},
        EnumText{Role::after_sales, "after_sales"}, EnumText{Role::instruments, "instruments"},
        EnumText{Role::manager, "manager"},         EnumText{Role::account_admin, "account_admin"}};
};

struct Person {
    std::string number;
    std::string name;
    Role role = Role::cashier;
    std::string pin_verifier;  ///< Argon2id, made where the PIN was set
    std::optional<Date> health_until;
    std::optional<Date> training_until;
    bool locked = false;
};

}  // namespace fangxin::domain
