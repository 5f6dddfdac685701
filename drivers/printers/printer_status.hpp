// What a receipt printer says about itself: answers to real-time questions, and the four bytes that
// some send by themselves (automatic status back). Pure; any thread.
#pragma once

#include "domain/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fangxin::drivers {

/// What a printer understands, and so how it is asked.
enum class PrinterLanguage { escpos, tspl };

/// Several answers are merged into one.
struct PrinterStatus {
    bool known = false;  ///< false: it did not answer, or nonsense, and the rest says nothing
    bool gone = false;   ///< it cannot be reached: off, unplugged
    bool offline = false;
    bool cover_open = false;
    bool paper_out = false;
    bool paper_low = false;
    bool error = false;            ///< cutter, head, mechanism
    bool drawer_pin_high = false;  ///< open or closed, as the drawer is made: a setting

    void merge(const PrinterStatus& other);
    bool operator==(const PrinterStatus&) const = default;
};

/// One answer byte, for n = 1 printer, 2 cause of offline, 3 error, 4 paper. Bit by bit
/// (devices.md section 4; Epson TM-U220 p. 54, Bixolon SRP-350):
///     b7 0   b6      b5         b4 1   b3       b2          b1 1   b0 0
///  1         feeding waiting           offline  drawer pin
///  2         error   paper end         feeding  cover open
///  3         auto    fatal             cutter   mechanism
///  4         paper end (both)          near end (both)
PrinterStatus parse_status(int n, std::uint8_t byte);

/// Automatic status, as `GS a` turns it on (Epson's ESC/POS reference, GS a):
///        b6       b5          b4   b3         b2          b1 b0
///  1     feeding  cover open  1    offline    drawer pin  0  0
///  2     auto     fatal       0    cutter     mechanism
///  3                          0    paper end (both)       near end (both)
///  4                          0
/// Unknown if they are no such bytes.
PrinterStatus parse_automatic_status(const std::array<std::uint8_t, 4>& bytes);

/// The one byte that a label printer answers to `ESC ! ?` (TSC, TSPL/TSPL2 Programming Manual):
///     b7 other   b5 printing   b4 paused   b3 no ribbon   b2 no paper   b1 jam   b0 head open
/// Unknown if b6 is set.
PrinterStatus parse_tspl_status(std::uint8_t byte);

/// Finds the answers of receipt printers in what one sends, whatever else comes between: flow
/// control, answers to others. Bounded.
class StatusReader {
  public:
    /// `n`: which question was asked.
    explicit StatusReader(int n) : n_(n) {}

    /// The status that this byte completes.
    std::optional<PrinterStatus> feed(std::uint8_t byte);
    /// Whether the last one was the answer to the question.
    bool answered() const { return answered_; }

  private:
    int n_;
    bool answered_ = false;
    std::size_t have_ = 0;
    std::array<std::uint8_t, 4> automatic_{};
};

/// Why nothing can be printed now: `printer_gone`, `cover_open`, `paper_out`, `printer_error`, or
/// `printer_busy` for a printer that is offline and does not say why. None if it can, or if nothing
/// is known.
std::optional<Error> obstacle(const PrinterStatus& status);

/// The worst that is to be told: the codes of obstacle(), or `paper_low`, with which it still
/// prints; empty if all is well or unknown.
std::string status_code(const PrinterStatus& status);

}  // namespace fangxin::drivers
