// What the checkout asks of the shop: members, shifts, what came back, vouchers, payments.
#include "sync/shop_reader_rows.hpp"

#include <charconv>

namespace fangxin::sync {

std::int64_t ShopReader::number_setting(std::string_view key, std::int64_t otherwise) {
    const std::string text = setting(key);
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = failed == std::errc() && end == text.data() + text.size();
    return is_whole && number >= 0 ? number : otherwise;
}

std::optional<domain::Member> ShopReader::member(std::string_view number) {
    return find_row<domain::Member>(database_, number);
}

std::optional<domain::Member> ShopReader::member_by_phone(std::string_view tag,
                                                          std::string_view phone) {
    auto found = tag.empty() ? std::vector<domain::Member>{}
                             : select_rows<domain::Member>(
                                   database_, "WHERE phone_tag = $1 ORDER BY number LIMIT 1", tag);
    // A server without a key has told the numbers themselves.
    if (found.empty() && !phone.empty())
        found = select_rows<domain::Member>(
            database_, "WHERE phone_tag = '' AND phone = $1 ORDER BY number LIMIT 1", phone);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::optional<MemberAccount> ShopReader::member_account(std::string_view member) {
    return find<MemberAccount>(member);
}

std::optional<Shift> ShopReader::shift(std::string_view id) { return find<Shift>(id); }

std::vector<Shift> ShopReader::shifts(std::string_view day) {
    auto rows = select<Shift>("WHERE $1 = '' OR day = $1 ORDER BY opened_at_ms", day);
    std::erase_if(rows, [&](const Shift& each) { return !day.empty() && each.day != day; });
    std::ranges::stable_sort(rows, {}, &Shift::opened_at_ms);
    return rows;
}

std::vector<Shift> ShopReader::open_shifts() {
    auto rows = select<Shift>("WHERE closed_at_ms = 0 ORDER BY opened_at_ms");
    std::erase_if(rows, [](const Shift& each) { return each.closed_at_ms != 0; });
    return rows;
}

std::optional<BusinessDay> ShopReader::business_day(std::string_view day) {
    return find<BusinessDay>(day);
}

std::optional<ReturnedLine> ShopReader::returned_line(std::string_view id) {
    return find<ReturnedLine>(id);
}

std::vector<ReturnedLine> ShopReader::returned_of(std::string_view receipt) {
    auto rows = select_rows<ReturnedLine>(database_, "WHERE receipt = $1 ORDER BY id", receipt);
    if (side_ == Side::terminal) lay_over(rows, overlay_of<ReturnedLine>(database_, receipt));
    return rows;
}

std::optional<Voucher> ShopReader::voucher(std::string_view serial) {
    return find_row<Voucher>(database_, serial);
}

std::optional<VoucherUse> ShopReader::voucher_use(std::string_view serial) {
    return find<VoucherUse>(serial);
}

std::optional<Payment> ShopReader::payment(std::string_view order) { return find<Payment>(order); }

std::vector<Payment> ShopReader::unknown_payments() {
    auto rows = select<Payment>("WHERE state = 'unknown' ORDER BY begun_at_ms");
    std::erase_if(rows, [](const Payment& each) { return each.state != "unknown"; });
    return rows;
}

std::optional<Markdown> ShopReader::markdown(std::string_view batch) {
    return find<Markdown>(batch);
}

}  // namespace fangxin::sync
