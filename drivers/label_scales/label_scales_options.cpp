#include "drivers/label_scales/label_scales_options.hpp"

#include "drivers/label_scales/registry.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace fangxin::drivers {

namespace {

std::string help() {
    std::string text =
        "Goods, CSV in UTF-8 or GB18030:\n"
        "  plu,code,name,price,unit,tare_g,shelf_life,label,category\n"
        "  17,10017,红富士苹果,12.80,kg,5,3d,0,0\n"
        "Scales, TOML, one [[scale]] each:\n"
        "  id, words, address (tcp:HOST[:PORT]), protocol, pattern (FFWWWWWEEEEEC), flag,\n"
        "  department\n"
        "Protocols:";
    for (const LabelProtocol* row : label_protocols())
        text += fmt::format("\n  {:12} {} (TCP {})\n               unconfirmed: {}", row->id,
                            row->words, row->tcp_port, row->unconfirmed);
    return text +
           "\nStates of goods: accepted unchanged removed refused unfit unanswered\n"
           "Exit codes: 0 every scale knows all goods, 1 not, 2 usage, 3 not found, 4 busy";
}

CLI::App* add(CLI::App& app, LabelScalesCommand& command, LabelScalesCommand::Do what,
              const std::string& name, const std::string& words) {
    CLI::App* one = app.add_subcommand(name, words);
    one->set_version_flag("--version", "fangxin-devices " FANGXIN_VERSION);
    const std::string json = what == LabelScalesCommand::Do::csv
                                 ? "taken by every command; a maker's file stays what it is"
                                 : "one JSON object a line (it is so anyway)";
    one->add_flag("--json", json);
    one->add_option("--goods", command.goods, "CSV file of goods")->required();
    one->callback([&command, what] { command.what = what; });
    return one;
}

void add_scales(CLI::App& app, LabelScalesCommand& command) {
    app.add_option("--scales", command.scales, "TOML file of scales")->required();
    app.add_option("--state", command.folder, "folder of what each scale has acknowledged")
        ->capture_default_str();
    app.add_option("--only", command.only, "one scale, by its id");
}

}  // namespace

CLI::App* add_label_scales(CLI::App& app, LabelScalesCommand& command) {
    using Do = LabelScalesCommand::Do;
    CLI::App* group = app.add_subcommand("label-scales", "Send goods and prices to label scales");
    group->require_subcommand(1);
    group->footer(help());
    CLI::App* send =
        add(*group, command, Do::send, "send",
            "Send what has changed and remove what is gone, one JSON object an answer");
    add_scales(*send, command);
    send->add_flag("--again", command.again, "as if the scales had acknowledged nothing");
    send->add_option_function<double>(
            "--wait",
            [&command](double s) { command.wait_ms = static_cast<std::int64_t>(s * 1000); },
            "seconds to go on asking scales that do not answer")
        ->check(CLI::Range(0.0, 86400.0));
    CLI::App* status = add(*group, command, Do::status, "status",
                           "What each scale has acknowledged of these goods; sends nothing");
    add_scales(*status, command);
    CLI::App* csv = add(*group, command, Do::csv, "csv",
                        "The goods as a file for a maker's own program, on standard output");
    csv->add_option_function<std::string>(
           "--vendor",
           [&command](const std::string& text) {
               command.vendor = domain::from_text<LabelVendor>(text).value_or(LabelVendor::general);
           },
           "aclas (tabs, LS2) or general (commas, Chinese header)")
        ->check(CLI::IsMember({"aclas", "general"}));
    csv->add_option("--flag", command.flag, "of the labels, two digits")
        ->check(CLI::Range(20, 29))
        ->capture_default_str();
    return group;
}

}  // namespace fangxin::drivers
