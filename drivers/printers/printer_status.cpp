#include "drivers/printers/printer_status.hpp"

namespace fangxin::drivers {

namespace {

/// b7, b4, b1 and b0 are the same in every answer; flow control (11, 13) and automatic status
/// (first byte 10) differ in them.
bool is_answer(std::uint8_t byte) { return (byte & 0x93) == 0x12; }
bool opens_automatic(std::uint8_t byte) { return (byte & 0x93) == 0x10; }
bool continues_automatic(std::uint8_t byte) { return (byte & 0x90) == 0; }

}  // namespace

void PrinterStatus::merge(const PrinterStatus& other) {
    known |= other.known;
    gone |= other.gone;
    offline |= other.offline;
    cover_open |= other.cover_open;
    paper_out |= other.paper_out;
    paper_low |= other.paper_low;
    error |= other.error;
    drawer_pin_high |= other.drawer_pin_high;
}

PrinterStatus parse_status(int n, std::uint8_t byte) {
    PrinterStatus status;
    if (n < 1 || n > 4 || !is_answer(byte)) return status;
    auto bits = [&](unsigned mask) { return (byte & mask) != 0; };
    status.known = true;
    switch (n) {
        case 1:
            status.drawer_pin_high = bits(0x04);
            status.offline = bits(0x08);
            break;
        case 2:
            status.cover_open = bits(0x04);
            status.paper_out = bits(0x20);
            status.error = bits(0x40);
            break;
        case 3:
            status.error = bits(0x6C);
            break;
        default:
            status.paper_low = bits(0x0C);
            status.paper_out = bits(0x60);
            break;
    }
    return status;
}

PrinterStatus parse_automatic_status(const std::array<std::uint8_t, 4>& bytes) {
    PrinterStatus status;
    status.known = opens_automatic(bytes[0]) && continues_automatic(bytes[1]) &&
                   continues_automatic(bytes[2]) && continues_automatic(bytes[3]);
    if (!status.known) return status;
    auto bits = [&](std::size_t at, unsigned mask) { return (bytes[at] & mask) != 0; };
    status.drawer_pin_high = bits(0, 0x04);
    status.offline = bits(0, 0x08);
    status.cover_open = bits(0, 0x20);
    status.error = bits(1, 0x6C);
    status.paper_low = bits(2, 0x03);
    status.paper_out = bits(2, 0x0C);
    return status;
}

PrinterStatus parse_tspl_status(std::uint8_t byte) {
    PrinterStatus status;
    auto bits = [&](unsigned mask) { return (byte & mask) != 0; };
    status.known = !bits(0x40);
    if (!status.known) return status;
    status.cover_open = bits(0x01);
    status.error = bits(0x82) || bits(0x08);
    status.paper_out = bits(0x04);
    status.offline = bits(0x10);
    return status;
}

std::optional<PrinterStatus> StatusReader::feed(std::uint8_t byte) {
    if (is_answer(byte)) {
        have_ = 0;
        answered_ = true;
        return parse_status(n_, byte);
    }
    if (opens_automatic(byte)) {
        have_ = 0;
    } else if (have_ == 0 || !continues_automatic(byte)) {
        have_ = 0;
        return std::nullopt;
    }
    automatic_[have_++] = byte;
    if (have_ < automatic_.size()) return std::nullopt;
    have_ = 0;
    return parse_automatic_status(automatic_);
}

std::optional<Error> obstacle(const PrinterStatus& status) {
    if (status.gone) return Error{"printer_gone", "the printer cannot be reached"};
    if (status.cover_open) return Error{"cover_open", "the printer's cover is open"};
    if (status.paper_out) return Error{"paper_out", "the printer has no paper"};
    if (status.error) return Error{"printer_error", "the printer reports an error"};
    if (status.offline) return Error{"printer_busy", "the printer is offline"};
    return std::nullopt;
}

std::string status_code(const PrinterStatus& status) {
    if (auto stop = obstacle(status)) return stop->code;
    return status.paper_low ? "paper_low" : "";
}

}  // namespace fangxin::drivers
