#include "terminal/checkout/weighing_report.hpp"

#include "domain/amount_text.hpp"
#include "domain/text_width.hpp"

#include <fmt/format.h>
#include <string_view>

namespace fangxin::terminal {

namespace {

using domain::TextLine;

class Slip {
  public:
    Slip(domain::Language language, int columns) : language_(language), columns_(columns) {}

    std::string say(std::string_view zh, std::string_view en) const {
        return std::string(language_ == domain::Language::zh ? zh : en);
    }
    void text(std::string_view words, const TextLine& style = {}) {
        for (const std::string& part :
             domain::wrap(words, style.double_size ? columns_ / 2 : columns_)) {
            TextLine line = style;
            line.text = part;
            lines_.emplace_back(std::move(line));
        }
    }
    /// The value at the right, or under its name where both do not fit.
    void row(const std::string& name, const std::string& value) {
        const std::string shown = value.empty() ? "-" : value;
        const int room = columns_ - domain::column_width(name);
        if (domain::column_width(shown) < room) {
            lines_.emplace_back(TextLine{name + domain::pad_start(shown, room)});
            return;
        }
        text(name);
        for (const std::string& part : domain::wrap(shown, columns_ - 2))
            lines_.emplace_back(TextLine{"  " + part});
    }
    void rule() {
        lines_.emplace_back(TextLine{std::string(static_cast<std::size_t>(columns_), '-')});
    }
    void put(domain::ReceiptLine line) { lines_.push_back(std::move(line)); }
    std::vector<domain::ReceiptLine> take() { return std::move(lines_); }

  private:
    domain::Language language_;
    int columns_;
    std::vector<domain::ReceiptLine> lines_;
};

std::string date(const std::optional<domain::Date>& date) {
    return date ? domain::format_date(*date) : std::string();
}

/// In groups, so that an eye keeps its place: 64 digits in eights.
std::string grouped(const std::string& hash) {
    std::string text;
    for (std::size_t i = 0; i < hash.size(); ++i) {
        if (i > 0 && i % 8 == 0) text += ' ';
        text += hash[i];
    }
    return text;
}

void put_seal(Slip& slip, const WeighingReport& report) {
    const drivers::WeighingSeal& seal = report.seal;
    slip.text(slip.say("法制计量 称重程序", "Legal metrology: weighing program"), {.bold = true});
    slip.row(slip.say("版本", "Version"), seal.version);
    slip.row(slip.say("封印", "Seal"), drivers::short_seal(seal));
    slip.row(slip.say("真伪", "Genuine"),
             seal.genuine ? slip.say("与出厂一致", "yes") : slip.say("已被改动", "CHANGED"));
    slip.row(slip.say("代码校验值", "Code SHA-256"), grouped(seal.code));
    slip.row(slip.say("参数校验值", "Parameters SHA-256"), grouped(seal.parameters));
    slip.row(slip.say("事件计数", "Event counter"), fmt::format("{}", report.state.events));
}

void put_entry(Slip& slip, const WeighingReport& report) {
    const domain::Instrument& entry = report.instrument;
    slip.text(slip.say("登记的秤", "The scale in the register"), {.bold = true});
    slip.row(slip.say("出厂编号", "Serial number"), entry.serial);
    slip.row(slip.say("制造商", "Maker"), entry.maker);
    slip.row(slip.say("型号", "Model"), entry.model);
    slip.row(slip.say("准确度等级", "Class"), entry.accuracy_class);
    slip.row("Max / Min / e",
             fmt::format("{} / {} / {}", domain::mass_text(entry.max_mg),
                         domain::mass_text(entry.min_mg), domain::mass_text(entry.e_mg)));
    slip.row(slip.say("最大皮重", "Largest tare"),
             domain::mass_text(entry.tare_mg.value_or(entry.max_mg)));
    slip.row(slip.say("稳定帧数", "Stable frames"), fmt::format("{}", entry.stable_frames));
    slip.row(slip.say("检定证书", "Certificate"), entry.certificate);
    slip.row(slip.say("检定日期", "Verified on"), date(entry.verified));
    slip.row(slip.say("有效期至", "Valid until"), date(entry.until));
    slip.row(slip.say("生产码", "Production code"), entry.production_code);
    slip.row(slip.say("维修码", "Repair code"), entry.repair_code);
    slip.row(slip.say("检定码", "Verification code"), entry.verification_code);
    slip.row(slip.say("铅封", "Lead seal"), entry.seal);
}

void put_state(Slip& slip, const WeighingReport& report) {
    const domain::InstrumentState& state = report.state;
    slip.row(slip.say("绑定于", "Bound at"), state.terminal);
    slip.row(slip.say("设备标识", "Device identity"), state.identity);
    std::string check = slip.say("无", "none");
    if (state.checked_on) {
        check = domain::format_date(*state.checked_on) + ' ' +
                (state.check_passed ? slip.say("合格", "passed") : slip.say("不合格", "failed")) +
                ' ' + domain::mass_text(state.check_error_mg);
    }
    slip.row(slip.say("最近校验", "Last check"), check);
    slip.text(slip.say("最近变更", "Last changes"), {.bold = true});
    if (report.changes.empty()) slip.text(slip.say("无", "none"));
    for (const WeighingReport::Change& change : report.changes) {
        slip.text(change.when + ' ' + change.who);
        for (const std::string& line : domain::wrap(change.after, 400)) {
            if (!line.empty()) slip.text("  " + line);
        }
    }
}

}  // namespace

std::vector<domain::ReceiptLine> weighing_lines(const WeighingReport& report, int columns) {
    Slip slip(report.language, columns);
    put_seal(slip, report);
    slip.rule();
    put_entry(slip, report);
    slip.rule();
    put_state(slip, report);
    return slip.take();
}

std::vector<domain::ReceiptLine> layout_seal_slip(const SealSlip& of, int columns) {
    Slip slip(of.report.language, columns);
    const TextLine heading{.align = domain::Align::center, .double_size = true, .bold = true};
    if (of.test_shop) slip.text(slip.say("测试商店 不作凭证", "TEST SHOP"), heading);
    slip.text(slip.say("计量信息", "METROLOGY"), heading);
    if (!of.shop_name.empty()) slip.text(of.shop_name, {.align = domain::Align::center});
    slip.row(slip.say("机号 ", "Till ") + fmt::to_string(of.till), of.person);
    slip.row(slip.say("时间", "Time"),
             domain::format_date(of.time.date()) + ' ' + domain::clock_text(of.time));
    slip.rule();
    for (domain::ReceiptLine& line : weighing_lines(of.report, columns))
        slip.put(std::move(line));
    slip.put(domain::CutLine{});
    return slip.take();
}

}  // namespace fangxin::terminal
