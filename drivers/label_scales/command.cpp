#include "drivers/label_scales/command.hpp"

#include "drivers/label_scales/sender.hpp"
#include "drivers/transports/open_device.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>

namespace fangxin::drivers {

namespace {

constexpr std::int64_t again_ms = 2000;
constexpr int connect_ms = 2000;

int fail(const Error& error) {
    fmt::print(stderr, "fangxin-devices: {}: {}\n", error.code, error.detail);
    if (error.code == "not_found") return 3;
    return error.code == "busy" ? 4 : 1;
}

bool print_line(const std::string& line) {
    return std::fputs((line + '\n').c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
}

std::string json_line(const std::string& scale, const LabelAnswer& answer) {
    boost::json::object line{
        {"scale", scale}, {"plu", answer.plu}, {"state", domain::to_text(answer.state)}};
    if (!answer.name.empty()) line["name"] = answer.name;
    if (!answer.reason.empty()) line["reason"] = answer.reason;
    if (!answer.notes.empty())
        line["notes"] = boost::json::array(answer.notes.begin(), answer.notes.end());
    return boost::json::serialize(line);
}

std::string json_line(const LabelScale& scale, const ScaleAnswer& answer) {
    boost::json::object line{{"scale", scale.id}, {"words", scale.words}};
    for (const auto& row : domain::EnumTable<LabelState>::rows) {
        line[row.text] =
            std::count_if(answer.goods.begin(), answer.goods.end(),
                          [&](const LabelAnswer& one) { return one.state == row.value; });
    }
    line["complete"] = answer.complete();
    if (!answer.trouble.code.empty()) {
        line["error"] = answer.trouble.code;
        line["detail"] = answer.trouble.detail;
    }
    return boost::json::serialize(line);
}

bool print(const LabelScale& scale, const ScaleAnswer& answer) {
    for (const LabelAnswer& one : answer.goods) {
        if (!print_line(json_line(scale.id, one))) return false;
    }
    return print_line(json_line(scale, answer));
}

Result<void> forget(SentRecords& sent) {
    std::vector<int> plus;
    for (const auto& [plu, record] : sent.all())
        plus.push_back(plu);
    return sent.unknown(plus);
}

Result<ScaleAnswer> reach(const LabelScalesCommand& command, const LabelScale& scale,
                          const std::vector<LabelGoods>& goods) {
    auto sent = SentRecords::open(command.folder, scale.id, scale.protocol->id);
    if (!sent) return tl::unexpected(sent.error());
    if (command.what == LabelScalesCommand::Do::status) return standing(scale, goods, *sent);
    if (command.again) {
        if (auto forgotten = forget(*sent); !forgotten) return tl::unexpected(forgotten.error());
    }
    return send_goods(scale, goods, *sent, [&] { return open_tcp(scale.address, connect_ms); });
}

/// One scale after the other; those that do not answer again, as long as there is time.
int send(const LabelScalesCommand& command, std::vector<LabelScale> scales,
         const std::vector<LabelGoods>& goods) {
    const std::int64_t until_ms = monotonic_now_ms() + command.wait_ms;
    const Interrupt never;
    int worst = 0;
    LabelScalesCommand next = command;
    while (true) {
        const bool is_last = monotonic_now_ms() + again_ms > until_ms;
        std::vector<LabelScale> silent;
        for (LabelScale& scale : scales) {
            auto answer = reach(next, scale, goods);
            if (!answer) {  // the others get their goods all the same
                worst = std::max(worst, fail(within(answer.error(), scale.id)));
                continue;
            }
            const bool is_silent = !answer->trouble.code.empty();
            // What a silent one did not take is said at the end, not in every round.
            if ((!is_silent || is_last) && !print(scale, *answer)) {
                return fail({"cannot_write", "the output is not whole"});
            }
            if (is_silent) silent.push_back(std::move(scale));
            if (!is_silent && !answer->complete()) worst = std::max(worst, 1);
        }
        if (silent.empty()) return worst;
        if (is_last) return std::max(worst, 1);
        never.wait_for(again_ms);
        scales = std::move(silent);
        next.again = false;
    }
}

}  // namespace

int run(const LabelScalesCommand& command) {
    auto goods = read_label_goods(command.goods);
    if (!goods) return fail(goods.error());
    if (command.what == LabelScalesCommand::Do::csv) {
        auto file = vendor_file(*goods, command.vendor, command.flag);
        if (!file) return fail(file.error());
        const bool whole = std::fwrite(file->data(), 1, file->size(), stdout) == file->size() &&
                           std::fflush(stdout) == 0;
        return whole ? 0 : fail({"cannot_write", "the output is not whole"});
    }
    auto scales = read_label_scales(command.scales);
    if (!scales) return fail(scales.error());
    if (!command.only.empty()) {
        std::erase_if(*scales, [&](const LabelScale& one) { return one.id != command.only; });
        if (scales->empty()) return fail({"not_found", "no scale is " + command.only});
    }
    return send(command, std::move(*scales), *goods);
}

}  // namespace fangxin::drivers
