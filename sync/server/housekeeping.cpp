#include "sync/server/housekeeping.hpp"

#include "sync/ops.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/tombstones.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/meta.hpp"
#include "sync/store_zone.hpp"

#include <charconv>
#include <chrono>
#include <fmt/format.h>

namespace fangxin::sync {

namespace {

constexpr std::string_view kept_meta = "house_kept";  // the day, 2026-11-28
constexpr std::string_view days_meta = "house_days";  // how many it was kept in a row
constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr auto longest_gap = std::chrono::days(7);
constexpr std::int64_t rows_at_once = 500;

std::string month_text(std::chrono::year_month month) {
    return fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                       static_cast<unsigned>(month.month()));
}

std::chrono::year_month month_of(domain::Date date) {
    const std::chrono::year_month_day day(date);
    return day.year() / day.month();
}

/// What the shop has set, or what holds without; at least one month.
std::int64_t months_kept(Database& book) {
    const std::string text =
        ShopReader(book, ShopReader::Side::server).setting(contact_months_setting, "");
    std::int64_t months = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), months);
    const bool is_number = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return is_number && months >= 1 && months <= 1200 ? months : contact_months;
}

struct Old {
    std::string_view table;
    std::string_view time;
    std::string_view which;  ///< of them, a condition that begins with AND; may be empty
};

/// Before when rows of this kind go now, as many as one transaction takes; 0: there are none.
std::int64_t time_to_drop(Database& book, const Old& old, std::int64_t before_ms, bool& done) {
    const std::string from =
        fmt::format("FROM {} WHERE {} < $1 {}", old.table, old.time, old.which);
    {
        Query any = book.query(fmt::format("SELECT 1 {} LIMIT 1", from));
        any.bind(before_ms);
        if (!any.step()) return 0;
    }
    Query last = book.query(fmt::format("SELECT {} {} ORDER BY {} LIMIT 1 OFFSET {}", old.time,
                                        from, old.time, rows_at_once));
    last.bind(before_ms);
    if (!last.step()) return before_ms;
    done = false;
    return last.int64(0) + 1;
}

OldRowsDropped rows_to_drop(Database& book, std::int64_t now_ms, std::int64_t contacts_before_ms,
                            bool& done) {
    OldRowsDropped dropped;
    auto before = [&](std::int64_t days) { return now_ms - days * day_ms; };
    dropped.attempts_before_ms =
        time_to_drop(book, {"attempts", "at_ms", ""}, before(attempts_kept_days), done);
    dropped.changes_before_ms =
        time_to_drop(book, {"changes", "at_ms", ""}, before(changes_kept_days), done);
    static const std::string unsealed = fmt::format(
        "AND taken_at_ms > {} AND contact <> '' AND contact_sealed = ''", known_since_ms);
    dropped.contacts_before_ms =
        time_to_drop(book, {"complaints", "taken_at_ms", unsealed}, contacts_before_ms, done);
    return dropped;
}

/// Made a month ahead, so that a backup has it; told when its month has come for sure.
Result<void> tell_key_of_month(Database& book, const StoreKeys& keys, const domain::StoreTime& now,
                               bool is_trusted, Changed& changed) {
    const auto month = month_of(now.date());
    const auto present =
        read_seal_key(ShopReader(book, ShopReader::Side::server).setting(contact_key_setting, ""));
    if (present && (!is_trusted || month_text(month) <= present->month)) return {};
    const SealKey key = contact_key_of(book, month_text(month), keys.vault);
    contact_key_of(book, month_text(month + std::chrono::months(1)), keys.vault);
    auto told = append_server_op(book, draft(SettingSet{.key = std::string(contact_key_setting),
                                                        .value = text_of(key),
                                                        .reason = "month"},
                                             now, std::string(server_log_name)));
    if (!told) return tl::unexpected(told.error());
    changed.also(*told);
    return {};
}

Result<void> forget_old(Database& book, const domain::StoreTime& now, HouseKept& kept) {
    const std::int64_t months = months_kept(book);
    const std::chrono::year_month first = month_of(now.date()) - std::chrono::months(months);
    auto zone = StoreZone::find(
        ShopReader(book, ShopReader::Side::server).setting("time_zone", default_zone));
    if (!zone) return tl::unexpected(zone.error());
    const std::int64_t contacts_before_ms =
        zone->utc_ms(domain::Date(first / std::chrono::day(1)), 0);
    OldRowsDropped dropped = rows_to_drop(book, now.utc_ms, contacts_before_ms, kept.done);
    // Besides those that are kept there are the present one and the next.
    dropped.months = forget_contact_keys(book, month_text(first), months + 2);
    const bool any = dropped.attempts_before_ms != 0 || dropped.changes_before_ms != 0 ||
                     dropped.contacts_before_ms != 0 || !dropped.months.empty();
    if (any) {
        auto noted = append_server_op(book, draft(dropped, now, std::string(server_log_name)));
        if (!noted) return tl::unexpected(noted.error());
        kept.changed.also(*noted);
    }
    drop_old_tombstones(book, now.utc_ms);
    return {};
}

}  // namespace

Result<HouseKept> keep_house(Database& writer, const StoreKeys& keys, std::int64_t now_ms) {
    HouseKept kept;
    auto done = writer.transaction([&]() -> Result<void> {
        kept.changed.newest_ver = kept.changed.after_ver = newest_ver(writer);
        const domain::StoreTime now = store_time(writer, now_ms);
        const auto before = domain::parse_date(meta(writer, kept_meta));
        if (before && *before == now.date()) return {};
        const bool goes_on = before && now.date() > *before && now.date() - *before <= longest_gap;
        const std::int64_t days = goes_on ? meta_number(writer, days_meta) + 1 : 1;
        const bool is_trusted = days >= house_days_wanted;
        auto told = tell_key_of_month(writer, keys, now, is_trusted, kept.changed);
        if (!told) return told;
        if (is_trusted) {
            if (auto forgot = forget_old(writer, now, kept); !forgot) return forgot;
        }
        if (!kept.done) return {};
        set_meta(writer, kept_meta, domain::format_date(now.date()));
        set_meta(writer, days_meta, std::to_string(days));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return kept;
}

}  // namespace fangxin::sync
