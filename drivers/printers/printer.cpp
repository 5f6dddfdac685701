#include "drivers/printers/printer.hpp"

#include "drivers/printers/escpos_again.hpp"
#include "drivers/transports/durable_file.hpp"
#include "drivers/transports/printer_port.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <utility>

namespace fangxin::drivers {

namespace {

using OpenPort =
    std::function<Result<std::unique_ptr<PrinterPort>>(const PrinterLimits&, const Interrupt&)>;

/// Asks one question. An unknown status if the printer does not answer it.
Result<PrinterStatus> ask(PrinterPort& port, int n) {
    port.discard_input();
    std::string question{'\x10', '\x04', static_cast<char>(n)};
    if (auto asked = port.write(question); !asked) return tl::unexpected(asked.error());
    StatusReader reader(n);
    PrinterStatus heard;
    constexpr int most_other_bytes = 16;
    for (int tries = 0; tries < most_other_bytes; ++tries) {
        auto byte = port.read_byte();
        if (!byte) return tl::unexpected(byte.error());
        if (!*byte) break;
        if (auto status = reader.feed(**byte)) heard.merge(*status);
        if (reader.answered()) break;
    }
    return heard;
}

/// A printer that leaves the first question unanswered is not asked the others: a mute one costs
/// one `limits.answer`, not four.
Result<PrinterStatus> ask_all(PrinterPort& port) {
    PrinterStatus all;
    for (int n : {2, 4, 3, 1}) {
        auto one = ask(port, n);
        if (!one) return one;
        if (!one->known) break;
        all.merge(*one);
    }
    return all;
}

/// A label printer's one question.
Result<PrinterStatus> ask_tspl(PrinterPort& port) {
    port.discard_input();
    if (auto asked = port.write("\x1B!?"); !asked) return tl::unexpected(asked.error());
    auto byte = port.read_byte();
    if (!byte) return tl::unexpected(byte.error());
    return *byte ? parse_tspl_status(**byte) : PrinterStatus{};
}

using Ask = Result<PrinterStatus> (*)(PrinterPort&);

/// Unknown if it says nothing for so long. After a job, a printer that answers only when it has
/// worked off what is before the question may take its time.
Result<PrinterStatus> ask_patiently(Ask ask_how, PrinterPort& port,
                                    std::chrono::milliseconds limit) {
    auto until = std::chrono::steady_clock::now() + limit;
    for (;;) {
        auto status = ask_how(port);
        if (!status || status->known || std::chrono::steady_clock::now() >= until) return status;
    }
}

class DeviceOutput : public PrinterOutput {
  public:
    DeviceOutput(OpenPort open, const PrinterLimits& limits, PrinterLanguage language,
                 Answers answers)
        : open_(std::move(open)),
          limits_(limits),
          ask_(language == PrinterLanguage::tspl ? ask_tspl : ask_all),
          answers_(answers) {}

    Result<void> print(std::string_view job_id, std::string_view bytes,
                       const std::function<void()>& begins) override {
        if (cancelled_.is_raised()) return failure("cancelled");
        auto printed = print_now(job_id, bytes, begins);
        if (!printed) {
            return tl::unexpected(within(printed.error(), fmt::format("printing job {}", job_id)));
        }
        return printed;
    }

    Result<void> open_drawer(std::string_view job_id, std::string_view bytes) override {
        if (pulsed_.contains(std::string(job_id)) || pulse_at_once(bytes).empty()) return {};
        auto port = open_(limits_, cancelled_);
        if (!port) return tl::unexpected(port.error());
        return open_at_once(**port, job_id, bytes);
    }

    Answers answers() const override { return answers_; }

    PrinterStatus status() override {
        auto port = open_(limits_, cancelled_);
        auto status = port.and_then([&](auto& opened) { return ask_before(*opened); });
        if (status) return *status;
        PrinterStatus nothing;
        nothing.gone = status.error().code == "printer_gone";
        return nothing;
    }

    void cancel() override { cancelled_.raise(); }

  private:
    /// The socket's buffer takes a whole receipt of a printer that hangs: one that has answered and
    /// does not is not trusted with another.
    Result<PrinterStatus> ask_before(PrinterPort& port) {
        const auto patience = answers_ == Answers::yes       ? limits_.stall
                              : answers_ == Answers::unknown ? limits_.first
                                                             : std::chrono::milliseconds{0};
        auto before = ask_patiently(ask_, port, patience);
        if (!before) return before;
        if (!before->known && answers_ == Answers::yes) {
            return failure("printer_gone", "it answers no more");
        }
        answers_ = before->known ? Answers::yes : Answers::no;
        return before;
    }

    /// The customer waits for the change, not for the paper.
    Result<void> open_at_once(PrinterPort& port, std::string_view job_id, std::string_view bytes) {
        std::string id(job_id);
        const std::string pulse = pulse_at_once(bytes);
        if (pulse.empty() || pulsed_.contains(id)) return {};
        auto opened = port.write(pulse).and_then([&] { return port.flush(); });
        if (opened) pulsed_.insert(std::move(id));
        return opened;
    }

    Result<void> print_now(std::string_view job_id, std::string_view bytes,
                           const std::function<void()>& begins) {
        auto port = open_(limits_, cancelled_);
        if (!port) return tl::unexpected(port.error());
        auto before = ask_before(**port);
        if (!before) return tl::unexpected(before.error());
        if (auto stop = obstacle(*before)) return tl::unexpected(*stop);
        std::string id(job_id);
        const bool pulsed = pulsed_.contains(id);
        auto printed =
            put_on_paper(**port, id, pulsed ? without_pulse(bytes) : std::string(bytes), begins);
        if (printed) pulsed_.erase(id);
        return printed;
    }

    Result<void> put_on_paper(PrinterPort& port, const std::string& id, std::string_view bytes,
                              const std::function<void()>& begins) {
        // The drawer does not wait for the paper; only then has the job begun.
        const std::size_t first = before_paper(bytes);
        auto opened = port.write(bytes.substr(0, first)).and_then([&] { return port.flush(); });
        if (!opened) return opened;
        if (!pulse_at_once(bytes).empty()) pulsed_.insert(id);  // if it goes no further
        begins();
        auto written = port.write(bytes.substr(first)).and_then([&] { return port.flush(); });
        if (!written || answers_ != Answers::yes) return written;
        auto after = ask_patiently(ask_, port, limits_.stall);
        if (!after) return tl::unexpected(after.error());
        if (!after->known) {
            return failure("printer_gone", "it answered before the job and not after it");
        }
        auto stop = obstacle(*after);
        // Still offline without a cause while it prints our own job: not an error of the job.
        if (!stop || stop->code == "printer_busy") return {};
        return tl::unexpected(within(*stop, "after the job"));
    }

    OpenPort open_;
    PrinterLimits limits_;
    Ask ask_;
    Answers answers_;
    std::set<std::string> pulsed_;  ///< jobs that are not printed, and whose drawer has opened
    Interrupt cancelled_;
};

class FileOutput : public PrinterOutput {
  public:
    explicit FileOutput(std::filesystem::path path) : path_(std::move(path)) {}

    Result<void> print(std::string_view job_id, std::string_view bytes,
                       const std::function<void()>& begins) override {
        if (cancelled_.is_raised()) return failure("cancelled");
        std::error_code ignored;
        if (std::filesystem::is_directory(path_, ignored)) {
            return as_printers(replace_file(path_ / (file_name(job_id) + ".bin"), bytes));
        }
        begins();
        return as_printers(append_to_file(path_, bytes));
    }

    Answers answers() const override { return Answers::no; }
    PrinterStatus status() override { return {}; }

    void cancel() override { cancelled_.raise(); }

  private:
    /// A folder that is not there is a printer that is gone.
    static Result<void> as_printers(Result<void> written) {
        return written.map_error([](Error error) {
            error.code = error.code == "not_found" ? "printer_gone" : "printer_error";
            return error;
        });
    }
    static std::string file_name(std::string_view job_id) {
        std::string name(job_id);
        std::replace_if(
            name.begin(), name.end(),
            [](char c) {
                bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                return !letter && !(c >= '0' && c <= '9') && c != '-' && c != '_';
            },
            '_');
        return name;
    }

    std::filesystem::path path_;
    Interrupt cancelled_;
};

/// How a target's printer is opened each time; none if it is no target.
std::optional<OpenPort> opener(std::string_view target) {
    if (target.starts_with("usb:/")) {
        return [pattern = std::string(target.substr(4))](const auto& limits, const auto& stop) {
            return open_usb_printer(pattern, limits, stop);
        };
    }
    auto address = parse_address(target);
    if (!address) return std::nullopt;
    if (const auto* usb = std::get_if<UsbAddress>(&*address)) {
        return [usb = *usb](const auto& limits, const auto& stop) {
            return open_usb_class_printer(usb, limits, stop);
        };
    }
    if (const auto* tcp = std::get_if<TcpAddress>(&*address)) {
        return [tcp = *tcp](const auto& limits, const auto& stop) {
            return open_tcp_printer(tcp, limits, stop);
        };
    }
    return std::nullopt;
}

}  // namespace

bool lacks_paper(const Error& error) {
    return error.code == "paper_out" || error.code == "cover_open";
}

Result<std::unique_ptr<PrinterOutput>> make_printer_output(std::string_view target,
                                                           const PrinterLimits& limits,
                                                           PrinterLanguage language,
                                                           Answers answers) {
    constexpr std::string_view file = "file:";
    if (target.starts_with(file) && target.size() > file.size()) {
        return std::make_unique<FileOutput>(std::filesystem::path(target.substr(file.size())));
    }
    auto open = opener(target);
    if (!open) return failure("bad_target", fmt::format("not a printer: '{}'", target));
    return std::make_unique<DeviceOutput>(std::move(*open), limits, language, answers);
}

}  // namespace fangxin::drivers
