#include "drivers/devices/commands.hpp"
#include "drivers/devices/json_lines.hpp"
#include "drivers/devices/machine.hpp"
#include "drivers/devices/output.hpp"
#include "drivers/label_formats_file.hpp"

#include <iostream>

namespace fangxin::drivers {

ExitCode run(const ParseCodes& command) {
    domain::CodeContext context{.today = command.today ? *command.today : machine_date()};
    if (command.taking_payment) context.state = domain::TillState::taking_payment;
    domain::LabelFormats formats;
    if (!command.formats.empty()) {
        auto read = read_label_formats(command.formats);
        if (!read) return fail(read.error());
        formats = std::move(*read);
        context.label_formats = &formats;
    }
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) {
        std::cout << json_line(domain::parse_code(line, context)) << '\n';
        if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
    }
    return std::cout.flush() ? done : not_whole();
}

}  // namespace fangxin::drivers
