#include "drivers/devices/commands.hpp"
#include "drivers/devices/machine.hpp"
#include "drivers/devices/printer_tools.hpp"
#include "drivers/printers/escpos_again.hpp"
#include "drivers/printers/test_page.hpp"
#include "drivers/printers/tspl.hpp"

#include <boost/json.hpp>

namespace fangxin::drivers {

namespace {

constexpr int dots_of_a_column = 12;

/// A case label with Chinese, digits and a DataMatrix: all that a label printer has to do.
Result<std::string> test_label() {
    CaseLabel label{.name = "打印测试 TEST", .specification = "Fangxin " FANGXIN_VERSION};
    label.gtin = "06901234567892";
    label.lot = "TEST";
    label.pieces = 1;
    return encode_label(label, {}, 1);
}

Result<std::string> job_of(const PrintTestPage& command) {
    if (command.language == PrinterLanguage::tspl) return test_label();
    const auto lines = test_page({.target = command.target,
                                  .time = local_time_text(),
                                  .version = FANGXIN_VERSION,
                                  .columns = command.columns});
    EscposOptions options{.mode = command.mode};
    options.paper_dots = command.columns * dots_of_a_column;
    const std::string job = encode(lines, options);
    return command.again ? printed_again(job) : job;
}

/// Prints between two looks at the printer.
ExitCode print_between(PrinterOutput& printer, const std::string& name, const std::string& bytes,
                       boost::json::object result, bool json) {
    result["before"] = describe(printer.status());
    auto printed = printer.print(name, bytes, [] {});
    const bool is_drawer_alone = before_paper(bytes) == bytes.size();
    if (!printed && is_drawer_alone && lacks_paper(printed.error()))
        printed = printer.open_drawer(name, bytes);
    result["printed"] = printed.has_value();
    result["after"] = describe(printer.status());
    if (!print_result(result, json)) return not_whole();
    return printed ? done : fail(printed.error());
}

}  // namespace

ExitCode run(const PrintTestPage& command) {
    auto printer = make_printer_output(command.target, {}, command.language);
    if (!printer) return fail(printer.error());
    auto job = job_of(command);
    if (!job) return fail(job.error());
    return print_between(**printer, "test-page", *job, {{"target", command.target}}, command.json);
}

/// Whether high is open or shut is the drawer's make: what is told is that the pin has moved.
ExitCode run(const OpenDrawer& command) {
    auto printer = make_printer_output(command.target);
    if (!printer) return fail(printer.error());
    const std::vector<domain::ReceiptLine> pulse{domain::DrawerPulse{}};
    const std::string job = encode(pulse, {.drawer_pin = command.pin});
    boost::json::object result{{"target", command.target},
                               {"pin", command.pin == DrawerPin::two ? "two" : "five"}};
    return print_between(**printer, "drawer", job, std::move(result), command.json);
}

}  // namespace fangxin::drivers
