#include "terminal/station/screens/known_person.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

std::string role_name(domain::Role role, const kit::TextTable& texts) {
    switch (role) {
        case domain::Role::cashier:
            return texts.tr("Cashier");
        case domain::Role::shift_lead:
            return texts.tr("Shift lead");
        case domain::Role::receiver:
            return texts.tr("Receiver");
        case domain::Role::inspector:
            return texts.tr("Quality inspector");
        case domain::Role::after_sales:
            return texts.tr("After-sales");
        case domain::Role::instruments:
            return texts.tr("Instrument keeper");
        case domain::Role::manager:
            return texts.tr("Store manager");
        case domain::Role::account_admin:
            return texts.tr("Account administrator");
    }
    return {};
}

std::string role_and_number(const KnownPerson& person, const kit::TextTable& texts) {
    return fmt::format("{} · {}", role_name(person.role, texts), person.number);
}

}  // namespace fangxin::terminal
