#include "drivers/printers/printer.hpp"

#include "drivers/printers/escpos_again.hpp"
#include "drivers/transports/durable_file.hpp"
#include "drivers/transports/printer_port.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
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

/// After a job, a printer that answers only when it has worked off what is before the question may
/// take its time.
Result<PrinterStatus> ask_patiently(Ask ask_how, PrinterPort& port,
                                    std::chrono::milliseconds limit) {
    auto until = std::chrono::steady_clock::now() + limit;
    for (;;) {
        auto status = ask_how(port);
        if (!status || status->known) return status;
        if (std::chrono::steady_clock::now() >= until) {
            return failure("printer_gone", "it answered before the job and not after it");
        }
    }
}

class DeviceOutput : public PrinterOutput {
  public:
    DeviceOutput(OpenPort open, const PrinterLimits& limits, PrinterLanguage language)
        : open_(std::move(open)),
          limits_(limits),
          ask_(language == PrinterLanguage::tspl ? ask_tspl : ask_all) {}

    Result<void> print(std::string_view job_id, std::string_view bytes,
                       const std::function<void()>& begins) override {
        if (cancelled_.is_raised()) return failure("cancelled");
        auto printed = print_now(bytes, begins);
        if (!printed) {
            return tl::unexpected(within(printed.error(), fmt::format("printing job {}", job_id)));
        }
        return printed;
    }

    PrinterStatus status() override {
        auto port = open_(limits_, cancelled_);
        auto status = port.and_then([&](auto& opened) { return ask_(*opened); });
        if (status) return *status;
        PrinterStatus nothing;
        nothing.gone = status.error().code == "printer_gone";
        return nothing;
    }

    void cancel() override { cancelled_.raise(); }

  private:
    Result<void> print_now(std::string_view bytes, const std::function<void()>& begins) {
        auto port = open_(limits_, cancelled_);
        if (!port) return tl::unexpected(port.error());
        auto before = ask_(**port);
        if (!before) return tl::unexpected(before.error());
        if (auto stop = obstacle(*before)) return tl::unexpected(*stop);
        // The drawer opens even if no paper comes out; only then has the job begun.
        const std::size_t first = before_paper(bytes);
        auto opened =
            (*port)->write(bytes.substr(0, first)).and_then([&] { return (*port)->flush(); });
        if (!opened) return opened;
        begins();
        auto written =
            (*port)->write(bytes.substr(first)).and_then([&] { return (*port)->flush(); });
        if (!written || !before->known) return written;
        auto after = ask_patiently(ask_, **port, limits_.stall);
        if (!after) return tl::unexpected(after.error());
        auto stop = obstacle(*after);
        // Still offline without a cause while it prints our own job: not an error of the job.
        if (!stop || stop->code == "printer_busy") return {};
        return tl::unexpected(within(*stop, "after the job"));
    }

    OpenPort open_;
    PrinterLimits limits_;
    Ask ask_;
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

Result<std::unique_ptr<PrinterOutput>> make_printer_output(std::string_view target,
                                                           const PrinterLimits& limits,
                                                           PrinterLanguage language) {
    constexpr std::string_view file = "file:";
    if (target.starts_with(file) && target.size() > file.size()) {
        return std::make_unique<FileOutput>(std::filesystem::path(target.substr(file.size())));
    }
    auto open = opener(target);
    if (!open) return failure("bad_target", fmt::format("not a printer: '{}'", target));
    return std::make_unique<DeviceOutput>(std::move(*open), limits, language);
}

}  // namespace fangxin::drivers
