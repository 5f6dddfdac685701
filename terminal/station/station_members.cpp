// Who a member is, by what the terminal last knew of him (SALE-16).
#include "domain/masked_text.hpp"
#include "domain/member.hpp"
#include "terminal/station/station.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::size_t shortest_phone = 7;

domain::BasketMember as_customer(const domain::Member& member,
                                 const std::optional<sync::MemberAccount>& account) {
    return {.number = member.number,
            .name = member.name,
            .phone = domain::masked_contact(member.phone),
            .points = member.points + (account ? account->points : 0)};
}

}  // namespace

Result<std::optional<domain::BasketMember>> Station::find_card(const std::string& number) {
    return reader_.reading<std::optional<domain::BasketMember>>(
        [&]() -> std::optional<domain::BasketMember> {
            auto member = shop_->member(number);
            if (!member) return std::nullopt;
            return as_customer(*member, shop_->member_account(number));
        });
}

Result<std::optional<domain::BasketMember>> Station::find_member(const std::string& text) {
    auto by_number = find_card(text);
    const std::string digits = domain::phone_digits(text);
    if (!by_number || *by_number || digits.size() < shortest_phone) return by_number;
    auto number = reader_.reading<std::string>([&] {
        auto member = shop_->member_by_phone(sync::phone_tag(store_key_, text), digits);
        return member ? member->number : std::string();
    });
    if (!number) return tl::unexpected(number.error());
    if (number->empty()) return std::optional<domain::BasketMember>{};
    return find_card(*number);
}

}  // namespace fangxin::terminal
