#include "drivers/printers/escpos_again.hpp"

#include "drivers/printers/escpos.hpp"
#include "drivers/printers/escpos_commands.hpp"
#include "drivers/printers/raster.hpp"

#include <vector>

namespace fangxin::drivers {

namespace {

constexpr std::string_view initialise = "\x1B\x40";
constexpr std::string_view chinese_on = "\x1C\x26";

bool is_pulse(std::string_view command) {
    return command.starts_with("\x1Bp") || command.starts_with("\x10\x14");
}

/// What a job begins with before it prints.
bool is_setup(std::string_view command) {
    return command == initialise || command == chinese_on || command.starts_with("\x1BR");
}

/// Drawn where the job's printer has no Chinese: at the left, since its paper may be narrow.
/// Without a font to draw with it is in English.
std::string heading(bool chinese) {
    using domain::Align;
    using domain::TextLine;
    const bool draws = !chinese && LineDrawer().can_draw();
    const bool english = !chinese && !draws;
    const Align align = draws ? Align::left : Align::center;
    const std::vector<domain::ReceiptLine> lines{
        TextLine{english ? "*** COPY ***" : "*** 重印 ***", align, true, true},
        TextLine{english ? "the one before broke off" : "上一张未打完 以此张为准", align}};
    const std::string bytes = encode(lines, {.mode = draws ? TextMode::mixed : TextMode::text});
    std::string_view rest = bytes;
    while (!rest.empty() && is_setup(rest.substr(0, next_command(rest).size)))
        rest.remove_prefix(next_command(rest).size);
    return std::string(rest) + "\x1B\x61" + std::string(1, '\0');
}

}  // namespace

std::string printed_again(std::string_view job) {
    if (!job.starts_with(initialise)) return std::string(job);
    std::string again;
    bool headed = false;
    bool chinese = false;
    while (!job.empty()) {
        EscposCommand next = next_command(job);
        std::string_view command = job.substr(0, next.size);
        job.remove_prefix(next.size);
        chinese |= command == chinese_on;
        if (is_pulse(command)) continue;
        if (!headed && !is_setup(command)) {
            again += heading(chinese);
            headed = true;
        }
        again += command;
    }
    return again;
}

std::size_t before_paper(std::string_view job) {
    if (!job.starts_with(initialise)) return 0;
    std::string_view rest = job;
    while (!rest.empty()) {
        const std::string_view command = rest.substr(0, next_command(rest).size);
        if (!is_setup(command) && !is_pulse(command)) break;
        rest.remove_prefix(command.size());
    }
    return job.size() - rest.size();
}

std::string without_pulse(std::string_view job) {
    if (!job.starts_with(initialise)) return std::string(job);
    std::string rest;
    while (!job.empty()) {
        const std::string_view command = job.substr(0, next_command(job).size);
        job.remove_prefix(command.size());
        if (!is_pulse(command)) rest += command;
    }
    return rest;
}

std::string pulse_at_once(std::string_view job) {
    std::string pulses;
    std::string_view head = job.substr(0, before_paper(job));
    while (!head.empty()) {
        const std::string_view command = head.substr(0, next_command(head).size);
        head.remove_prefix(command.size());
        if (!is_pulse(command) || command.size() < 5) continue;
        if (command.starts_with("\x10")) {
            pulses += command;
            continue;
        }
        const bool pin_five = command[2] == 1 || command[2] == '1';
        pulses += {'\x10', '\x14', '\x01', pin_five ? '\x01' : '\0', '\x01'};
    }
    return pulses;
}

}  // namespace fangxin::drivers
