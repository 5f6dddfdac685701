#include "terminal/station/station.hpp"

#include "domain/check.hpp"
#include "sync/pin.hpp"
#include "sync/store/meta.hpp"
#include "sync/terminal_repair.hpp"
#include "terminal/station/station_log.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <time.h>

namespace fangxin::terminal {

namespace {

std::int64_t system_ms() {
    auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// Not a rule's refusal: the technician's business.
bool of_the_disk(const Error& error) {
    static constexpr std::array codes{"disk_full", "database", "damaged", "busy", "cannot_open"};
    return std::ranges::find(codes, error.code) != codes.end();
}

std::optional<std::int64_t> number(const std::string& text) {
    std::int64_t value = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Those that nobody else is told of.
sync::LinkEvents events_for_the_log() {
    sync::LinkEvents events;
    events.repaired = [](const std::string& table, std::int64_t rows) {
        station_log("sync",
                    fmt::format("{} differed from the server's: {} rows repaired", table, rows));
    };
    events.log = [](const std::string& what) { station_log("link", what); };
    return events;
}

/// What the server says to what it was asked.
void hear_answers(sync::LinkEvents& events, EventQueue& queue, const StationEvents& told) {
    events.claimed = [&queue, &told](sync::HoldClaimed answer) {
        queue.push([&told, answer] { told.claimed(answer); });
    };
    events.figures = [&queue, &told](sync::Figures figures) {
        queue.push([&told, figures = std::move(figures)] {
            if (told.figures) told.figures(figures);
        });
    };
    events.code = [&queue, &told](const sync::CodeMade& made) {
        queue.push([&told, made] {
            if (told.code) told.code(made);
        });
    };
}

}  // namespace

std::int64_t Station::monotonic_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);  // also runs while the machine sleeps
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

Result<std::unique_ptr<Station>> Station::open(const StationOptions& options) {
    auto journal = sync::open_journal(options.directory, {options.terminal, options.role});
    if (!journal) return tl::unexpected(journal.error());
    auto reader =
        sync::Database::open(options.directory / "terminal.db", sync::Database::Access::reader);
    if (!reader) return tl::unexpected(reader.error());
    sync::ShopReader shop(*reader, sync::ShopReader::Side::terminal);
    auto zone = sync::StoreZone::find(shop.setting("time_zone", sync::default_zone));
    if (!zone) return tl::unexpected(zone.error());
    std::unique_ptr<Station> station(
        new Station(options, std::move(*journal), std::move(*reader), *zone));
    if (auto found = station->find_way(); !found) return tl::unexpected(found.error());
    auto key = sync::load_store_key(options.directory);
    if (!key) station_log("sync", "no store key: " + key.error().code + " " + key.error().detail);
    station->store_key_ = key.value_or(sync::StoreKey{});
    return station;
}

Station::Station(StationOptions options, sync::OpenedJournal journal, sync::Database reader,
                 sync::StoreZone zone)
    : options_(std::move(options)),
      set_aside_(std::move(journal.set_aside)),
      lock_(std::move(journal.lock)),
      reader_(std::move(reader)),
      zone_(zone) {
    shop_ = std::make_unique<sync::ShopReader>(reader_, sync::ShopReader::Side::terminal);
    clock_.started({system_ms(), monotonic_ms()}, number(sync::meta(reader_, "trusted_ms")));
    refresh_now();
    store_ = std::make_unique<sync::StoreThread>(std::move(journal.writer));
    follow_labels();
}

Station::~Station() {
    enroller_.reset();
    link_.reset();
    store_->submit(sync::Priority::checkpoint,
                   [](sync::Database& database) { sync::mark_clean(database); });
}

void Station::start(StationEvents events) {
    events_ = std::move(events);
    if (!options_.enrol.empty()) {
        auto asked = enrol(options_.enrol);
        FANGXIN_CHECK(asked.has_value());  // main has asked
    }
    connect();
}

void Station::connect() {
    if (options_.server.empty() || needs_enrolment()) return;
    if (is_plain_) station_log("link", "WITHOUT TLS to " + options_.server + ": for tests alone");
    auto address = sync::parse_link_address(options_.server);
    FANGXIN_CHECK(address.has_value());  // open() has asked
    auto state = sync::load_terminal_state(reader_, {options_.terminal, options_.role});
    auto reader =
        sync::Database::open(options_.directory / "terminal.db", sync::Database::Access::reader);
    FANGXIN_CHECK(reader.has_value());  // one was opened a moment ago
    sync::LinkWay way{.address = *address,
                      .directory = options_.directory,
                      .identity = is_plain_ ? std::nullopt : identity_,
                      .log_key = {},
                      .store_key = store_key_};
    auto log_key = sync::LogKey::open(options_.directory);
    if (!log_key) station_log("sync", "the log is not signed: " + log_key.error().detail);
    if (log_key) way.log_key = std::move(*log_key);
    link_ = std::make_unique<sync::Link>(std::move(way), state, *store_, std::move(*reader),
                                         link_events());
}

sync::LinkEvents Station::link_events() {
    sync::LinkEvents events = events_for_the_log();
    events.server_time = [this](std::int64_t utc_ms) {
        queue_.push([this, utc_ms, at = monotonic_ms()] {
            clock_.server_time({utc_ms, at});
            heard_server_ms_ = at;
            remember_block_age();
            refresh_now();
        });
    };
    events.online = [this] {
        queue_.push([this] {
            online_ = true;
            remember_block_age();
            events_.server_up();
        });
    };
    events.offline = [this] {
        queue_.push([this] {
            online_ = caught_up_ = false;
            clock_.disconnected();
            forget_questions();
            events_.server_down();
        });
    };
    events.caught_up = [this] { queue_.push([this] { caught_up_ = online_; }); };
    events.rows_changed = [this] {
        queue_.push([this] {
            refresh_person();
            follow_labels();
            events_.rows_changed();
        });
    };
    events.blocks_applied = [this](std::vector<domain::Block> blocks, std::int64_t cursor) {
        queue_.push(
            [this, blocks = std::move(blocks), cursor] { events_.blocks_applied(blocks, cursor); });
    };
    events.unsent = [this](std::int64_t) {  // whoever waits looks again
        queue_.push([this] { ask_contact_when_sent(); });
    };
    events.conflict = [this](std::string code, std::string detail) {
        queue_.push([this, code, detail] {
            conflict_ = code;
            station_log("sync", "conflict " + code + " " + detail);
            events_.conflict(code, detail);
        });
    };
    events.not_let_in = [this](std::string code, std::string detail) {
        queue_.push([this, code, detail] {
            not_let_in_ = code;
            station_log("sync", "not let in: " + code + " " + detail);
            if (events_.not_let_in) events_.not_let_in(code, detail);
        });
    };
    events.conflict_over = [this] {
        queue_.push([this] {
            conflict_.clear();
            station_log("sync", "the log goes on in a new epoch");
            events_.conflict("", "");
        });
    };
    events.comparing = [this](bool now) { queue_.push([this, now] { comparing_ = now; }); };
    hear_answers(events, queue_, events_);
    hear_questions(events);
    events.now = [this] { return zone_.at(monotonic_ms() + utc_minus_monotonic_ms_); };
    return events;
}

/// Other threads read the time through one number.
void Station::refresh_now() {
    std::int64_t at = monotonic_ms();
    utc_minus_monotonic_ms_ = clock_.now(at).utc_ms - at;
}

domain::ClockReading Station::clock() const { return clock_.now(monotonic_ms()); }

domain::StoreTime Station::now() const { return zone_.at(clock().utc_ms); }

Result<void> Station::set_test_clock(const domain::StoreTime& at) {
    std::int64_t was = clock().utc_ms;
    clock_.set_test_time({at.utc_ms, monotonic_ms()});
    refresh_now();
    auto done = journal(sync::ClockEvent{"set", was, at.utc_ms});
    if (!done) return tl::unexpected(done.error());
    return {};
}

Result<void> Station::answer_clock(domain::ClockAnswer answer, const std::string& manager) {
    auto reading = clock();
    if (!reading.unknown) return {};
    clock_.answer(answer, monotonic_ms());
    refresh_now();
    bool right = answer == domain::ClockAnswer::clock_is_right;
    sync::ClockEvent event{right ? "confirmed" : "rejected",
                           reading.last_journal_ms.value_or(reading.clock_ms), reading.clock_ms};
    auto done = append(sync::draft(event, now(), manager));
    if (!done) return tl::unexpected(done.error());
    if (events_.rows_changed) events_.rows_changed();  // what waited for the date is judged again
    return {};
}

Result<void> Station::transact(const std::function<Result<void>(sync::Database&)>& work) {
    std::int64_t at = monotonic_ms();
    clock_.journalled(at);
    std::string trusted = clock_.trusted_ms() ? std::to_string(*clock_.trusted_ms()) : "";
    std::optional<sync::LogState> end;
    auto done = store_->run(sync::Priority::sale, [&](sync::Database& database) {
        return database.transaction([&]() -> Result<void> {
            auto worked = work(database);
            if (!worked) return worked;
            if (!trusted.empty()) sync::set_meta(database, "trusted_ms", trusted);
            sync::LogState next = sync::next_op(database);
            end = sync::LogState{next.epoch, next.last_seq - 1};
            return {};
        });
    });
    if (!done) {
        disk_was_full_ = disk_was_full_ || done.error().code == "disk_full";
        if (of_the_disk(done.error())) {
            station_log("store", done.error().code + " " + done.error().detail);
        }
        return done;
    }
    if (link_) link_->appended(*end);
    return {};
}

Result<sync::LogState> Station::append(const sync::OpDraft& draft) {
    sync::LogState number;
    auto done = transact([&](sync::Database& database) -> Result<void> {
        auto appended = sync::append_op(database, draft);
        if (!appended) return tl::unexpected(appended.error());
        number = *appended;
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return number;
}

void Station::blocked_here(const std::string& id) {
    // Without a server nothing comes back to us; with one, a second telling changes nothing.
    auto block = shop_->block(id);
    if (block && events_.blocks_applied) events_.blocks_applied({*block}, block_cursor());
}

bool Station::connecting() const {
    return link_ && !online_ && heard_server_ms_ != 0 &&
           monotonic_ms() - heard_server_ms_ < sync::silent_after_ms;
}

/// Asked of the log itself: the line's own count lags behind what was committed a moment ago.
std::int64_t Station::unsent() {
    sync::Query query = reader_.query("SELECT coalesce(sum(last_seq - acked_seq), 0) FROM logs");
    return query.step() ? query.int64(0) : 0;
}

std::int64_t Station::unsent_age_ms() {
    sync::Query query = reader_.query(
        "SELECT at FROM ops JOIN logs ON ops.epoch = logs.epoch AND ops.seq = logs.acked_seq + 1 "
        "ORDER BY ops.epoch LIMIT 1");
    auto at = query.step() ? domain::parse_instant(query.text(0)) : std::nullopt;
    return at ? std::max<std::int64_t>(0, now().utc_ms - at->utc_ms) : 0;
}

std::int64_t Station::repairs() { return sync::repairs_done(reader_); }

std::int64_t Station::data_version() {
    sync::Query query = reader_.query("PRAGMA data_version");
    return query.step() ? query.int64(0) : 0;
}

std::int64_t Station::block_cursor() { return number(sync::meta(reader_, "blocks")).value_or(0); }

/// Written now and then while connected, so that a till that starts offline knows how old its
/// blocks are; a minute more or less does not matter beside a day.
void Station::remember_block_age() {
    constexpr std::int64_t every_ms = 60'000;
    std::int64_t at = monotonic_ms();
    if (!online_ || (blocks_saved_ms_ != 0 && at - blocks_saved_ms_ < every_ms)) return;
    blocks_saved_ms_ = at;
    store_->submit(sync::Priority::bulk, [utc = clock().utc_ms](sync::Database& database) {
        auto done = database.transaction([&]() -> Result<void> {
            sync::set_meta(database, "blocks_current_ms", std::to_string(utc));
            return {};
        });
        if (!done) station_log("store", done.error().detail);
    });
}

std::optional<std::int64_t> Station::block_age_ms() {
    if (online_) return 0;
    auto current = number(sync::meta(reader_, "blocks_current_ms"));
    if (!current) return std::nullopt;
    return std::max<std::int64_t>(0, clock().utc_ms - *current);
}

void Station::follow_labels() {
    if (labels_.source == LabelSource::devices_file) return;
    auto text = reader_.reading<std::string>([&] { return shop_->setting(label_formats_setting); });
    if (!text || *text == labels_.text) return;  // what cannot be read stays as it was
    take_labels(labels_, *text);
    if (!labels_.trouble.empty()) station_log("labels", labels_.trouble);
}

bool Station::test_shop() { return shop_->setting("test_shop") == "1"; }

}  // namespace fangxin::terminal
