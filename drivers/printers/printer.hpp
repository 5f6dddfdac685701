// A receipt printer as something that takes whole jobs: a file, a printer on the network or one on
// USB, chosen by a text in the settings. Owned by the print worker (print_worker.hpp), whose thread
// calls print(); cancel() may come from any thread.
#pragma once

#include "domain/result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace fangxin::drivers {

/// What a printer said to `10 04 n`; several answers are merged into one.
struct PrinterStatus {
    bool known = false;  ///< false: it did not answer, or nonsense, and the rest says nothing
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

/// Why nothing can be printed now: `cover_open`, `paper_out`, `printer_error`, or `printer_busy`
/// for a printer that is offline and does not say why. None if it can, or if nothing is known.
std::optional<Error> obstacle(const PrinterStatus& status);

struct PrinterLimits {
    std::chrono::milliseconds connect{2000};
    std::chrono::milliseconds stall{5000};  ///< without one byte taken
    std::chrono::milliseconds answer{200};  ///< to a status question
};

class PrinterOutput {
  public:
    virtual ~PrinterOutput() = default;

    /// Prints one job and waits until the device has taken all of it. Errors: `printer_gone` (not
    /// there, cable pulled, no progress), `paper_out`, `cover_open`, `printer_error` (also: a file
    /// that cannot be written), `printer_busy` (someone else has it open; offline), `cancelled`.
    /// After an error a part of the job may be on paper; print the whole job again.
    /// A printer that answers is asked before and after the job; one that does not, is trusted.
    virtual Result<void> print(std::string_view job_id, std::string_view bytes) = 0;

    /// Makes a print() that is waiting, and every later one, return `cancelled` at once.
    virtual void cancel() = 0;
};

/// `file:/path`             a directory: `<path>/<job id>.bin`, whole or not at all; else appended
/// `tcp:host:port`          raw, as port 9100; `tcp:[::1]:9100`
/// `usb:/dev/usb/lp0`       a character device; `usb:/dev/usb/lp*` takes the first that opens
/// Nothing is opened yet: a printer that is not there now is found when it comes. The only error is
/// `bad_target`.
Result<std::unique_ptr<PrinterOutput>> make_printer_output(std::string_view target,
                                                           const PrinterLimits& limits = {});

}  // namespace fangxin::drivers
