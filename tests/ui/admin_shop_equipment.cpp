// The shop's equipment on the same Tuesday: a scale unplugged, paper running out, a certificate
// about to end.
#include "tests/ui/admin_shop.hpp"

#include <string>

namespace fangxin::ui_rows {

namespace {

constexpr const char* now_text = "2026-11-24T14:32";

admin::InstrumentFact scale(const char* serial, const char* until, const char* terminal) {
    admin::InstrumentFact fact;
    fact.instrument = {.kind = "checkout_scale",
                       .model = "衡秤汀 HC-15",
                       .serial = serial,
                       .accuracy_class = "III",
                       .max_mg = 15'000'000,
                       .min_mg = 100'000,
                       .e_mg = 5'000,
                       .certificate = "浙衡检 2025-1188",
                       .verified = domain::parse_date("2025-12-01"),
                       .until = domain::parse_date(until),
                       .maker = "杭州衡秤汀衡器有限公司",
                       .production_code = "00000001P2025HC15",
                       .verification_code = "J330106251188",
                       .seal = "Q-7731"};
    fact.terminal = terminal;
    fact.state = {.terminal = *terminal != '\0' ? "till-1" : "",
                  .identity = "0403:6001 A7003QXZ",
                  .checked_on = domain::parse_date("2026-11-24"),
                  .check_passed = true,
                  .events = 2};
    fact.checked_by = "王丽";
    return fact;
}

}  // namespace

admin::FaultsFacts shop_faults() {
    admin::FaultsFacts facts;
    facts.now = at(now_text);
    facts.may_work = true;
    facts.devices = {"scale",  "scanner",  "printer", "drawer", "display", "camera",
                     "screen", "terminal", "server",  "disk",   "network", "other"};
    admin::FaultFact scale{.id = "F-till-4-1-118",
                           .device = "scale",
                           .what = "device_gone",
                           .detail = "hung up",
                           .severity = domain::FaultSeverity::B,
                           .terminal = "4 号收银台",
                           .raised_at = at("2026-11-24T09:13"),
                           .due = at("2026-11-24T11:13")};
    admin::FaultFact paper = scale;
    paper.id = "F-till-2-1-77";
    paper.device = "printer";
    paper.what = "paper_out";
    paper.severity = domain::FaultSeverity::C;
    paper.terminal = "2 号收银台";
    paper.raised_at = at("2026-11-24T14:20");
    paper.due = at("2026-11-24T18:20");
    paper.detail.clear();
    paper.well_at = at("2026-11-24T14:31");
    admin::FaultFact taken = paper;
    taken.id = "F-till-1-1-240";
    taken.device = "scanner-2";
    taken.what = "扫不出起雾的包装，要擦好几次玻璃才能读出来，顾客等得不耐烦";
    taken.state = domain::FaultState::taken;
    taken.raised_by = "王丽";
    taken.taken_by = "周敏";
    taken.taken_at = at("2026-11-24T14:25");
    taken.well_at.reset();
    admin::FaultFact mended = taken;
    mended.id = "F-till-3-1-12";
    mended.device = "disk";
    mended.what = "nearly_full";
    mended.severity = domain::FaultSeverity::A;
    mended.state = domain::FaultState::fixed;
    mended.raised_by.clear();
    mended.raised_at = at("2026-08-02T10:00");
    mended.due = at("2026-08-02T12:00");
    mended.taken_at = at("2026-08-02T12:40");
    mended.fixed_by = "周敏";
    mended.fixed_at = at("2026-08-02T15:10");
    mended.cause = "旧照片没有清理";
    mended.fix = "换了大一倍的硬盘，照片按月归档";
    facts.faults = {scale, paper, taken, mended};
    return facts;
}

admin::DevicesFacts shop_devices() {
    admin::DevicesFacts facts;
    facts.now = at(now_text);
    admin::SetupFact till{.id = "till-1",
                          .name = "1 号收银台",
                          .is_this = true,
                          .role = "till",
                          .program = "0.1.0",
                          .system = "Debian GNU/Linux 12 (bookworm), Linux 6.1.0-18-amd64 x86_64",
                          .weighing = "1.1.0 3F2A-91C0-77AB-0E1D",
                          .configuration =
                              "[printer]\ntarget = \"usb:0416:5011\"\n[scale]\n"
                              "port = \"usb:0403:6001:A7003QXZ\"\n"
                              "protocol = \"toledo-continuous\"\n"
                              "instrument = \"HC15-0001\"\n",
                          .told_at = at("2026-11-24T07:02")};
    till.devices = {{.device = "scale",
                     .driver = "toledo-continuous",
                     .address = "usb:0403:6001:A7003QXZ",
                     .identity = "0403:6001 A7003QXZ",
                     .state = "found",
                     .since = at("2026-11-24T07:02")},
                    {.device = "printer",
                     .driver = "escpos",
                     .address = "usb:0416:5011",
                     .state = "warned",
                     .reason = "paper_low",
                     .since = at("2026-11-24T14:05")},
                    {.device = "scanner-2",
                     .driver = "hid-pos",
                     .address = "usb:0c2e:0b61@1-3",
                     .state = "lost",
                     .reason = "device_gone",
                     .since = at("2026-11-24T14:30")}};
    till.changes = {
        {.at = at("2026-11-24T07:02"),
         .subject = "电子秤",
         .before = "identity=0403:6001 A7001AAA\n",
         .after = "identity=0403:6001 A7003QXZ\n"},
        {.at = at("2026-11-20T07:01"), .before = "program=0.0.9\n", .after = "program=0.1.0\n"}};
    admin::SetupFact handheld{.id = "handheld-1",
                              .name = "1 号手持机",
                              .role = "handheld",
                              .program = "0.1.0",
                              .system = "Debian GNU/Linux 12 (bookworm), Linux 6.1.0 aarch64",
                              .told_at = at("2026-11-24T06:40")};
    admin::SetupFact other = till;
    other.id = "till-2";
    other.name = "2 号收银台";
    other.is_this = false;
    other.devices.resize(1);
    facts.terminals = {till, other, handheld};
    return facts;
}

admin::InstrumentsFacts shop_instruments() {
    admin::InstrumentsFacts facts;
    facts.now = at(now_text);
    facts.may_edit = true;
    facts.instruments = {scale("HC15-0001", "2026-12-11", "1 号收银台"),
                         scale("HC15-0002", "2027-07-22", "2 号收银台"),
                         scale("HC15-0003", "2026-11-12", "")};
    facts.instruments[0].changes = {{.at = at("2025-12-02T10:11"),
                                     .person = "周敏",
                                     .before = "certificate=浙衡检 2024-0907\nuntil=2025-12-04\n",
                                     .after = "certificate=浙衡检 2025-1188\nuntil=2026-12-11\n"}};
    facts.instruments[1].state.checked_on = domain::parse_date("2026-11-23");
    admin::InstrumentFact thermometer;
    thermometer.instrument = {.kind = "thermometer", .model = "测温屿 T-80", .serial = "T80-0001"};
    facts.instruments.push_back(thermometer);
    return facts;
}

admin::LabelsFacts shop_labels() {
    admin::LabelsFacts facts;
    facts.source = terminal::LabelSource::setting;
    facts.may_edit = true;
    facts.formats = {
        {.pattern = "FFWWWWWEEEEEC",
         .flags = {"20", "21", "22", "23", "24"},
         .check = domain::LabelCheck::gs1},
        {.pattern = "FFWWWWWNNNNNC", .flags = {"25", "26"}, .check = domain::LabelCheck::gs1},
        {.pattern = "FFWWWWWEEEEENNNNNC",
         .flags = {"27", "28", "29"},
         .check = domain::LabelCheck::left}};
    return facts;
}

terminal::LabelTrial shop_label_trial() {
    terminal::LabelTrial trial;
    trial.digits = "274000101258009801";
    trial.pattern = "FFWWWWWEEEEENNNNNC";
    trial.fields = {{'F', "27"}, {'W', "40001"}, {'E', "01258"}, {'N', "00980"}, {'C', "1"}};
    trial.code.kind = domain::CodeKind::instore;
    trial.code.flag = "27";
    trial.code.plu = "40001";
    trial.code.amount_fen = 1'258;
    trial.code.weight_mg = 980'000;
    trial.item = "40001";
    trial.item_name = "红富士苹果（散装）";
    trial.amount_fen = 1'258;
    trial.net_mg = 980'000;
    return trial;
}

}  // namespace fangxin::ui_rows
