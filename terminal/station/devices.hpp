// The terminal's devices, running: their threads hand everything to the event queue, so models
// hear of a scan or a lost cable on the main loop. Owned by main.
#pragma once

#include "domain/weighing/gate.hpp"
#include "drivers/devices_file.hpp"
#include "drivers/pictures/decoder.hpp"
#include "drivers/printers/pole_display.hpp"
#include "drivers/printers/print_worker.hpp"
#include "drivers/scales/scale.hpp"
#include "drivers/scanners/scanner.hpp"
#include "drivers/transports/usb.hpp"
#include "terminal/station/paper.hpp"
#include "terminal/station/pole.hpp"
#include "terminal/station/station.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::terminal {

struct DeviceEvents {
    std::function<void(const std::string& code)> scanned;
    /// A scanner has read something and could not send it whole: `scan_torn`, `scan_overlong`.
    std::function<void(const std::string& why)> misread;
    /// `device` is `scale`, `scanner` (the second `scanner-2`), `printer` or `display`; `state` is
    /// `found`, `lost`, or `warned` for paper that is nearly at its end.
    std::function<void(const std::string& device, const std::string& state,
                       const std::string& reason)>
        changed;
    /// `state` is `printed` or `waiting`, then with why.
    std::function<void(const std::string& job, const std::string& state, const std::string& reason)>
        print;
    /// The bytes of a receipt in the print queue, laid out when its turn has come. Store thread.
    std::function<std::string(sync::Database&, const std::string& number, bool copy, const Paper&)>
        receipt;
};

/// A device that is set up here, for the list of devices and the fault tickets.
struct DeviceNow {
    std::string device;  ///< `scale`, of several `scanner-2`
    std::string driver;
    std::string address;
    std::string identity;      ///< as USB tells it; the last one seen
    std::optional<bool> well;  ///< none: nobody knows yet
    std::string reason;        ///< why it is not, or what it warns of: a code
    std::string detail;
    std::int64_t since_ms = 0;  ///< of this state; monotonic
};

class Devices {
  public:
    /// Codes: `bad_target`, `bad_address`, `bad_protocol`, `bad_profile`, `bad_line_settings`.
    static Result<std::unique_ptr<Devices>> make(const drivers::DevicesConfig& config,
                                                 Station& station, DeviceEvents events);
    ~Devices();

    void start();
    /// There may be a new print job.
    void wake_printer();

    bool has_scale() const { return scale_ != nullptr; }
    weighing::LatestReading weight() const { return scale_->latest(drivers::monotonic_now_ms()); }
    weighing::WeighingGate* gate() { return gate_.get(); }
    /// The scale's entry in the register of instruments; its limits come from there. Without a
    /// serial number nothing is sold by it: it is in no register, or nobody said which it is.
    const domain::Instrument& instrument();
    const Paper& paper() const { return paper_; }
    /// What the customer's pole display is to show; nothing happens if there is none.
    void show(const drivers::PoleText& text);
    bool has_pole() const { return pole_ != nullptr; }
    /// Whether `scale`, `scanner`, `printer` or `display` is well, of several each; none if it is
    /// not set up, or nobody knows yet. A printer is thought well until it fails to print.
    std::optional<bool> is_well(const std::string& device) const;
    /// All that are set up, in the order of the devices file's kinds.
    std::vector<DeviceNow> now() const;
    /// Why one of this kind is not well, or what it warns of: a code with words; empty: nothing.
    std::string trouble_of(std::string_view kind) const;
    drivers::Decoder& decoder() { return decoder_; }

  private:
    Devices(Station& station, DeviceEvents events);
    Result<void> make_scale(const drivers::ScaleConfig& config);
    Result<void> make_scanner(const drivers::ScannerConfig& config);
    Result<void> make_printer(const drivers::PrinterConfig& config);
    Result<void> make_display(const drivers::DisplayConfig& config);
    void scanned(const drivers::Scan& scan);
    void heard_of_printer(const std::string& code);
    void wake_all();
    std::optional<drivers::PrintJob> oldest_job(sync::Database& database);
    drivers::PrintQueue print_queue();
    void changed(const std::string& device, const drivers::DeviceChange& change);
    void tell(const std::string& device, bool well, const std::string& reason);

    Station& station_;
    drivers::DevicesConfig config_;
    DeviceEvents events_;
    Paper paper_;
    std::string instrument_serial_;
    domain::Instrument instrument_;
    std::string printer_trouble_;        ///< what was told last; empty: none
    std::int64_t printer_since_ms_ = 0;  ///< of that
    std::map<std::string, bool> well_;
    std::unique_ptr<weighing::WeighingGate> gate_;
    std::unique_ptr<drivers::Scale> scale_;
    std::vector<std::unique_ptr<drivers::Scanner>> scanners_;
    std::unique_ptr<Pole> pole_;
    std::unique_ptr<drivers::PrintWorker> printer_;
    drivers::Decoder decoder_;
    std::unique_ptr<drivers::UsbWatch> usb_;  // last: it wakes the others
};

}  // namespace fangxin::terminal
