#include "drivers/scanners/scanner.hpp"

#include "domain/check.hpp"
#include "drivers/scanners/hid_pos.hpp"
#include "drivers/scanners/keyboard_scan.hpp"
#include "drivers/scanners/scan_splitter.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <linux/input.h>
#include <utility>

namespace fangxin::drivers {

namespace {

/// A wireless scanner makes pauses of 100 ms within a code; cut there, half of it is another code.
constexpr std::int64_t serial_quiet_ms = 250;
constexpr std::int64_t report_quiet_ms = 500;
constexpr std::int64_t key_quiet_ms = 250;
constexpr std::uint16_t scanner_page = 0x8C;

class SerialParser final : public ScanParser {
  public:
    explicit SerialParser(const ScanParserOptions& options)
        : splitter_(serial_quiet_ms, options.ends_lines) {}
    void feed(std::span<const std::byte> bytes, std::int64_t now_ms) override {
        splitter_.feed(bytes, now_ms);
    }
    void tick(std::int64_t now_ms) override { splitter_.tick(now_ms); }
    std::optional<Scan> next() override { return splitter_.next(); }
    std::optional<std::int64_t> quiet_ms() const override {
        return splitter_.is_empty() ? std::nullopt : std::optional(splitter_.quiet_ms());
    }

  private:
    ScanSplitter splitter_;
};

class ReportParser final : public ScanParser {
  public:
    explicit ReportParser(const ScanParserOptions&) {}
    void feed(std::span<const std::byte> bytes, std::int64_t now_ms) override {
        scan_.feed(bytes, now_ms);
    }
    void tick(std::int64_t now_ms) override { scan_.tick(now_ms); }
    std::optional<Scan> next() override { return scan_.next(); }
    std::optional<std::int64_t> quiet_ms() const override {
        return scan_.held() == 0 ? std::nullopt : std::optional(report_quiet_ms);
    }

  private:
    HidPosScan scan_{static_cast<int>(report_quiet_ms)};
};

/// `struct input_event`s: whole ones as the kernel gives them, in any pieces out of a file.
class KeyParser final : public ScanParser {
  public:
    explicit KeyParser(const ScanParserOptions& options)
        : scan_({.quiet_ms = static_cast<int>(key_quiet_ms),
                 .keeps_suffix = options.keeps_suffix,
                 .follows_caps_light = options.follows_caps_light}) {}
    void feed(std::span<const std::byte> bytes, std::int64_t now_ms) override {
        for (const std::byte byte : bytes) {
            piece_[have_++] = byte;
            if (have_ < piece_.size()) continue;
            have_ = 0;
            take(std::bit_cast<input_event>(piece_), now_ms);
        }
    }
    void tick(std::int64_t now_ms) override { scan_.tick(now_ms); }
    std::optional<Scan> next() override { return scan_.next(); }
    std::optional<std::int64_t> quiet_ms() const override {
        return scan_.held() == 0 ? std::nullopt : std::optional(key_quiet_ms);
    }

  private:
    void take(const input_event& event, std::int64_t now_ms) {
        if (event.type == EV_KEY) scan_.feed({event.code, event.value}, now_ms);
        if (event.type == EV_LED && event.code == LED_CAPSL) scan_.caps_light(event.value != 0);
        if (event.type == EV_SYN && event.code == SYN_DROPPED) scan_.lost(now_ms);
    }

    KeyboardScan scan_;
    std::array<std::byte, sizeof(input_event)> piece_{};
    std::size_t have_ = 0;
};

template <class Parser>
std::unique_ptr<ScanParser> make(const ScanParserOptions& options) {
    return std::make_unique<Parser>(options);
}

constexpr std::array rows{
    ScannerDriver{.id = "serial",
                  .words = "serial line, USB in serial mode (CDC-ACM), network",
                  .capture = "serial_scanner.hex",
                  .cable = Cable::serial,
                  .make = make<SerialParser>},
    ScannerDriver{.id = "hid-pos",
                  .words = "USB point-of-sale scanner (HID usage page 8Ch)",
                  .capture = "hid_pos_scanner.hex",
                  .cable = Cable::hid,
                  .usage_page = scanner_page,
                  .make = make<ReportParser>},
    ScannerDriver{.id = "keyboard",
                  .words = "scanner that is a keyboard, grabbed for the till alone",
                  .capture = "keyboard_scanner.events",
                  .cable = Cable::keys,
                  .make = make<KeyParser>},
};

OpenDevice opener(const ScannerOptions& options) {
    FANGXIN_CHECK(options.driver != nullptr);
    const CableOptions cable{.cable = options.driver->cable,
                             .line = options.line,
                             .usage_page = options.driver->usage_page};
    return opener_of(options.address, cable);
}

}  // namespace

std::span<const ScannerDriver> scanner_drivers() { return rows; }

const ScannerDriver* find_scanner_driver(std::string_view id) {
    const auto* row = std::ranges::find(rows, id, &ScannerDriver::id);
    return row == rows.end() ? nullptr : row;
}

Scanner::Scanner(ScannerOptions options, ScannerHandlers handlers)
    : options_(std::move(options)),
      handlers_(std::move(handlers)),
      twice_(options_.twice_ms),
      loop_(opener(options_), *this) {
    FANGXIN_CHECK(handlers_.on_scan && (handlers_.today || !options_.form));
    if (options_.form) {
        options_.parser.ends_lines =
            options_.form->suffix.find_first_of("\r\n") != std::string::npos;
    }
    parser_ = options_.driver->make(options_.parser);
}

/// Half a scan from before is not the start of the next.
void Scanner::opened(std::int64_t) { parser_ = options_.driver->make(options_.parser); }

void Scanner::received(std::span<const std::byte> bytes, std::int64_t now_ms) {
    last_byte_ms_ = now_ms;
    parser_->feed(bytes, now_ms);
    deliver(now_ms);
}

/// Nothing is said to it; but this is when the loop asks, and silence ends a scan.
std::string Scanner::to_send(std::int64_t now_ms) {
    parser_->tick(now_ms);
    deliver(now_ms);
    return {};
}

std::optional<std::int64_t> Scanner::wake_at_ms() const {
    const auto quiet_ms = parser_->quiet_ms();
    if (!quiet_ms) return std::nullopt;
    return last_byte_ms_ + *quiet_ms;
}

void Scanner::changed(const DeviceChange& change) {
    if (handlers_.on_change) handlers_.on_change(change);
}

void Scanner::deliver(std::int64_t now_ms) {
    while (auto scan = parser_->next()) {
        const bool is_whole = !scan->overlong && !scan->torn;
        if (is_whole && twice_.judge(scan->text, now_ms) == Repetition::sent_twice) continue;
        if (is_whole && options_.form) {
            scan->text = options_.form->restored(scan->text, handlers_.today());
        }
        handlers_.on_scan(*scan);
    }
}

}  // namespace fangxin::drivers
