// A receipt printer as something that takes whole jobs: a file, a printer on the network or one on
// USB, chosen by a text in the settings. Owned by the print worker (print_worker.hpp), whose thread
// calls print(); cancel() may come from any thread.
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/printer_status.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

namespace fangxin::drivers {

struct PrinterLimits {
    std::chrono::milliseconds connect{2000};
    std::chrono::milliseconds stall{5000};  ///< without one byte taken
    std::chrono::milliseconds answer{200};  ///< to a status question
    std::chrono::milliseconds first{1000};  ///< to the first ones of a printer that is not known
};

/// Whether a printer tells how it is. Of one that does, silence is a fault; of one that does not
/// (many a serial cable has no way back), nothing is expected.
enum class Answers { unknown, yes, no };

/// Of an error of print(): its drawer may open all the same.
bool lacks_paper(const Error& error);

class PrinterOutput {
  public:
    virtual ~PrinterOutput() = default;

    /// Prints one job and waits until the device has taken all of it. Errors: `printer_gone` (not
    /// there, cable pulled, no progress, answered once and does not now), `paper_out`,
    /// `cover_open`, `printer_error` (also: a file that cannot be written), `printer_busy` (someone
    /// else has it open; offline), `cancelled`. A printer is asked before and after the job; one
    /// that has never answered is trusted.
    /// `begins` is called just before the first byte goes out that may put something on paper, and
    /// after the drawer's pulse: after an error without it nothing is on paper, after one with it a
    /// part may be. Then print the whole job again.
    virtual Result<void> print(std::string_view job_id, std::string_view bytes,
                               const std::function<void()>& begins) = 0;

    /// Opens the drawer of a job that has to wait for paper, once: print() leaves the pulse out
    /// then. Errors as print(); nothing of a file, and of a job without a drawer.
    virtual Result<void> open_drawer(std::string_view, std::string_view) { return {}; }

    /// What is known of it: once it has answered, it is one that does.
    virtual Answers answers() const = 0;

    /// What the printer says now; unknown of files and printers that do not answer, `gone` if it
    /// cannot be reached. Not while print() runs.
    virtual PrinterStatus status() = 0;

    /// Makes a print() that is waiting, and every later one, return `cancelled` at once.
    virtual void cancel() = 0;
};

/// `file:/path`             a directory: `<path>/<job id>.bin`, whole or not at all; else appended
/// `tcp:host:port`          raw, as port 9100; `tcp:[::1]:9100`
/// `usb:0416:5011:P1`       a USB printer by its identity, see transports/address.hpp
/// `usb:/dev/usb/lp0`       a character device; `usb:/dev/usb/lp*` takes the first that opens
/// Nothing is opened yet: a printer that is not there now is found when it comes. The only error is
/// `bad_target`. A label printer must be asked in its own language: to one, a receipt printer's
/// question is the beginning of a line that it then does not understand.
Result<std::unique_ptr<PrinterOutput>> make_printer_output(
    std::string_view target, const PrinterLimits& limits = {},
    PrinterLanguage language = PrinterLanguage::escpos, Answers answers = Answers::unknown);

}  // namespace fangxin::drivers
