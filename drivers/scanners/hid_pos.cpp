#include "drivers/scanners/hid_pos.hpp"

namespace fangxin::drivers {

namespace {

constexpr char standard_report = '\x02';
constexpr char makers_report = '\x01';
constexpr std::size_t report_size = 64;
constexpr std::size_t identifier_at = 2;
constexpr std::size_t identifier_size = 3;
constexpr std::size_t data_at = identifier_at + identifier_size;
constexpr std::size_t most_data = 56;
constexpr std::size_t makers_data_at = 2;
constexpr std::size_t most_makers_data = 62;

std::size_t length_of(std::string_view report) { return static_cast<unsigned char>(report[1]); }

}  // namespace

void HidPosScan::feed(std::span<const std::byte> report, std::int64_t now_ms) {
    tick(now_ms);
    if (report.empty()) return;
    std::string_view text(reinterpret_cast<const char*>(report.data()), report.size());
    if (text[0] == standard_report) {
        read_standard(text);
    } else if (text[0] == makers_report) {
        read_makers(text);
    } else {
        return;
    }
    last_ms_ = now_ms;
}

void HidPosScan::tick(std::int64_t now_ms) {
    if (awaited_ == Awaited::nothing || now_ms - last_ms_ < quiet_ms_) return;
    // A maker's full report may have been the last; a standard one has said that it is not.
    if (awaited_ == Awaited::makers) {
        end();
    } else {
        tear();
    }
}

void HidPosScan::read_standard(std::string_view report) {
    if (report.size() != report_size || length_of(report) > most_data) {
        tear();
        return;
    }
    std::string_view identifier = report.substr(identifier_at, identifier_size);
    bool goes_on = awaited_ == Awaited::standard && identifier == identifier_;
    if (awaited_ != Awaited::nothing && !goes_on) tear();  // its end was lost
    std::string_view data = report.substr(data_at, length_of(report));
    bool more = (report.back() & 1) != 0;
    if (!goes_on) {
        if (data.empty() && !more) return;
        if (identifier[0] == ']') buffer_.add(identifier);
    }
    buffer_.add(data);
    if (!more) {
        end();
        return;
    }
    awaited_ = Awaited::standard;
    identifier_ = identifier;
}

void HidPosScan::read_makers(std::string_view report) {
    bool fits = report.size() >= makers_data_at && length_of(report) <= most_makers_data &&
                report.size() >= makers_data_at + length_of(report);
    if (!fits) {
        tear();
        return;
    }
    if (awaited_ == Awaited::standard) tear();
    buffer_.add(report.substr(makers_data_at, length_of(report)));
    bool full = length_of(report) == most_makers_data;
    if (full && !buffer_.ends_with('\r') && !buffer_.ends_with('\n')) {
        awaited_ = Awaited::makers;
    } else {
        end();
    }
}

void HidPosScan::end() {
    awaited_ = Awaited::nothing;
    while (buffer_.ends_with('\r') || buffer_.ends_with('\n')) {
        buffer_.drop_last();
    }
    buffer_.end();
}

void HidPosScan::tear() {
    awaited_ = Awaited::nothing;
    buffer_.tear();
}

}  // namespace fangxin::drivers
