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
constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr auto trusted_gap = std::chrono::days(40);
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
    dropped.holds_before_ms = time_to_drop(book, {"holds", "held_at_ms", "AND resumed_by <> ''"},
                                           before(holds_kept_days), done);
    dropped.contacts_before_ms = time_to_drop(
        book, {"complaints", "taken_at_ms", "AND (contact <> '' OR contact_sealed <> '')"},
        contacts_before_ms, done);
    return dropped;
}

Result<void> tell_key_of_month(Database& book, const StoreKeys& keys, const domain::StoreTime& now,
                               Changed& changed) {
    const SealKey key = contact_key_of(book, month_text(month_of(now.date())), keys.vault);
    const std::string text = text_of(key);
    if (ShopReader(book, ShopReader::Side::server).setting(contact_key_setting, "") == text)
        return {};
    auto told = append_server_op(
        book,
        draft(SettingSet{.key = std::string(contact_key_setting), .value = text, .reason = "month"},
              now, std::string(server_log_name)));
    if (!told) return tl::unexpected(told.error());
    changed.also(*told);
    return {};
}

Result<void> forget_old(Database& book, const domain::StoreTime& now, HouseKept& kept) {
    const std::chrono::year_month first =
        month_of(now.date()) - std::chrono::months(months_kept(book));
    auto zone = StoreZone::find(
        ShopReader(book, ShopReader::Side::server).setting("time_zone", default_zone));
    if (!zone) return tl::unexpected(zone.error());
    const std::int64_t contacts_before_ms =
        zone->utc_ms(domain::Date(first / std::chrono::day(1)), 0);
    const OldRowsDropped dropped = rows_to_drop(book, now.utc_ms, contacts_before_ms, kept.done);
    const bool any = dropped.attempts_before_ms != 0 || dropped.changes_before_ms != 0 ||
                     dropped.holds_before_ms != 0 || dropped.contacts_before_ms != 0;
    if (any) {
        auto noted = append_server_op(book, draft(dropped, now, std::string(server_log_name)));
        if (!noted) return tl::unexpected(noted.error());
        kept.changed.also(*noted);
    }
    forget_contact_keys(book, month_text(first));
    drop_old_tombstones(book, now.utc_ms);
    return {};
}

}  // namespace

Result<HouseKept> keep_house(Database& writer, const StoreKeys& keys, std::int64_t now_ms) {
    HouseKept kept;
    auto done = writer.transaction([&]() -> Result<void> {
        kept.changed.newest_ver = kept.changed.after_ver = newest_ver(writer);
        const domain::StoreTime now = store_time(writer, now_ms);
        const std::string today = domain::format_date(now.date());
        const auto before = domain::parse_date(meta(writer, kept_meta));
        if (before && domain::format_date(*before) == today) return {};
        if (auto told = tell_key_of_month(writer, keys, now, kept.changed); !told) return told;
        const bool is_trusted =
            before && now.date() > *before && now.date() - *before < trusted_gap;
        if (is_trusted) {
            if (auto forgot = forget_old(writer, now, kept); !forgot) return forgot;
        }
        if (kept.done) set_meta(writer, kept_meta, today);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return kept;
}

}  // namespace fangxin::sync
