// Somebody whom this terminal knows, as screens name him. Values; any thread.
#pragma once

#include "domain/people.hpp"
#include "terminal/kit/text_table.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

struct KnownPerson {
    std::string number;
    std::string name;
    domain::Role role = domain::Role::cashier;
    std::optional<domain::Date> health_until;
    bool locked = false;
};

/// `收银员`
std::string role_name(domain::Role role, const kit::TextTable& texts);
/// `收银员 · 1001`
std::string role_and_number(const KnownPerson& person, const kit::TextTable& texts);

}  // namespace fangxin::terminal
