// The terminal's devices, running: their threads hand everything to the event queue, so models
// hear of a scan or a lost cable on the main loop. Owned by main.
#pragma once

#include "domain/weighing/gate.hpp"
#include "drivers/devices_file.hpp"
#include "drivers/pictures/camera.hpp"
#include "drivers/printers/pole_display.hpp"
#include "drivers/printers/print_worker.hpp"
#include "drivers/scales/scale.hpp"
#include "drivers/scanners/scanner.hpp"
#include "drivers/transports/usb.hpp"
#include "terminal/station/paper.hpp"
#include "terminal/station/pole.hpp"
#include "terminal/station/scale_register.hpp"
#include "terminal/station/station.hpp"

#include <functional>
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
    /// The camera that is open sees something new. May be empty.
    std::function<void()> sight;
    /// May be left out. The scale shows something else than before (mass, tare or state), or was
    /// silent. That it falls silent is not told.
    std::function<void()> weight_changed;
    /// `device` is `scale`, `scanner` (the second `scanner-2`), `printer`, `display` or `camera`;
    /// `state` is `found`, `lost`, or `warned` for paper that is nearly at its end.
    std::function<void(const std::string& device, const std::string& state,
                       const std::string& reason)>
        changed;
    /// Each reading of the scale, as the gate had it.
    std::function<void(const weighing::Reading&)> weighed;
    /// `state` is `printed` or `waiting`, then with why.
    std::function<void(const std::string& job, const std::string& state, const std::string& reason)>
        print;
    /// A receipt of the print queue whose turn has come: its rows are read on the store thread, and
    /// what comes of it lays them out, on the printer's. A picture of a receipt takes its time, and
    /// a sale must not wait for it.
    std::function<LayOut(sync::Database&, const std::string& number, bool copy, const Paper&)>
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
                                                 Station& station, DeviceEvents events,
                                                 ScaleRegister::Use use = ScaleRegister::Use::sale);
    ~Devices();

    void start();
    /// There may be a new print job.
    void wake_printer();

    bool has_scale() const { return scale_ != nullptr; }
    /// Without a scale: none.
    weighing::LatestReading weight() const {
        if (!scale_) return weighing::NoScale{};
        return scale_->latest(drivers::monotonic_now_ms());
    }
    /// A frame is due when the weight on the screen is too old, unless another comes before: each
    /// that is news is told (weight_changed).
    std::int64_t weight_lasts_ms() const;
    weighing::WeighingGate* gate() { return gate_.get(); }
    /// The scale in the register of instruments; its limits come from there.
    ScaleStanding standing();
    /// Of the scale that is connected; none while there is none.
    std::optional<std::string> scale_identity() const;
    ScaleRegister& scale_register() { return *register_; }
    drivers::Scale& scale() { return *scale_; }
    const Paper& paper() const { return paper_; }
    /// What the customer's pole display is to show; nothing happens if there is none.
    void show(const drivers::PoleText& text);
    bool has_pole() const { return pole_ != nullptr; }
    /// What a page that shows the camera opens and closes again: it runs in between. If it scans,
    /// a code that it reads is a scan like any other. Closing may take a moment (Camera::stop).
    bool has_camera() const { return config_.camera.has_value(); }
    void open_camera(bool scans);
    void close_camera();
    bool is_camera_open() const { return camera_ != nullptr; }
    drivers::CameraSight camera_sight() const;
    /// Why it gives no picture; an empty code: it does, or is starting.
    Error camera_trouble() const;

    /// Whether `scale`, `scanner`, `printer`, `display` or `camera` is well, of several each: what
    /// now() says; a closed camera is as it was last. None if it is not set up, or nobody knows
    /// yet.
    std::optional<bool> is_well(std::string_view kind) const;
    /// All that are set up, in the order of the devices file's kinds. A printer is thought well
    /// until it fails to print.
    std::vector<DeviceNow> now() const;
    /// Why one of this kind is not well, or what it warns of: a code with words; empty: nothing.
    std::string trouble_of(std::string_view kind) const;
    /// Called after each change of a device, when it has been told; none: nobody writes it down.
    void set_watch(std::function<void()> watch) { watch_ = std::move(watch); }
    drivers::Decoder& decoder() { return decoder_; }

  private:
    Devices(Station& station, DeviceEvents events, ScaleRegister::Use use);
    Result<void> make_scale(const drivers::ScaleConfig& config);
    Result<void> make_scanner(const drivers::ScannerConfig& config);
    Result<void> make_printer(const drivers::PrinterConfig& config);
    Result<void> make_display(const drivers::DisplayConfig& config);
    void weighed(const weighing::Reading& reading);
    void scanned(const drivers::Scan& scan);
    bool is_known(const std::string& as_scanned);
    void camera_changed(const drivers::DeviceChange& change);
    void heard_of_printer(const std::string& code);
    void wake_all();
    struct QueuedJob {
        drivers::PrintJob job;
        LayOut lay_out;  ///< none: it has its bytes
    };
    std::optional<QueuedJob> oldest_job(sync::Database& database, std::int64_t after);
    /// The oldest behind this number.
    std::optional<drivers::PrintJob> next_job(std::int64_t after);
    drivers::PrintQueue print_queue();
    void changed(const std::string& device, const drivers::DeviceChange& change);
    void tell(const std::string& device, const drivers::DeviceChange& change);

    Station& station_;
    drivers::DevicesConfig config_;
    DeviceEvents events_;
    Paper paper_;
    ScaleRegister::Use use_;
    std::unique_ptr<ScaleRegister> register_;
    std::int64_t newest_at_start_ = 0;   ///< print job that this run did not queue
    std::string printer_trouble_;        ///< what was told last; empty: none
    std::int64_t printer_since_ms_ = 0;  ///< of that
    std::optional<bool> camera_told_;    ///< how it fared when that was last news
    std::function<void()> watch_;
    std::unique_ptr<weighing::WeighingGate> gate_;
    weighing::Reading told_weight_;     ///< without its bytes and its time
    std::int64_t weight_heard_ms_ = 0;  ///< the last frame, told or not
    std::unique_ptr<drivers::Scale> scale_;
    std::vector<std::unique_ptr<drivers::Scanner>> scanners_;
    std::unique_ptr<Pole> pole_;
    std::unique_ptr<drivers::PrintWorker> printer_;
    drivers::Decoder decoder_;
    std::int64_t camera_number_ = 0;  ///< of the one that is open
    std::unique_ptr<drivers::Camera> camera_;
    std::unique_ptr<drivers::UsbWatch> usb_;  // last: it wakes the others
};

}  // namespace fangxin::terminal
