#include "terminal/station/words.hpp"

#include "domain/code.hpp"
#include "domain/text_width.hpp"
#include "domain/words.hpp"
#include "terminal/station/words_table.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace fangxin::terminal {

namespace {

constexpr std::array table{
    CodeWords{"acknowledge_first", {"请先确认禁止销售提示，再继续", "Acknowledge the block first"}},
    CodeWords{"age_check", {"请先确认顾客已满18周岁", "Confirm first that the customer is of age"}},
    CodeWords{"ambiguous_device",
              {"有几个一样的设备，分不清是哪一个，请叫技术员",
               "Several devices are alike: call the technician"}},
    CodeWords{"amount_out_of_range",
              {"金额超出范围，请核对", "The amount is out of range: check it"}},
    CodeWords{"answer_first",
              {"请先回答包装上的日期或批号", "Answer first which date or lot is on the pack"}},
    CodeWords{"bad_argument", {"参数不对：{}", "Wrong argument: {}"}},
    CodeWords{"bad_code", {"条码读错了，请重扫（{}）", "The code was misread: scan it again ({})"}},
    CodeWords{"bad_date",
              {"日期不对：{}，请按包装上的输入",
               "No pack can have this date: {}; key it as on the pack"}},
    CodeWords{"bad_enrolment_code",
              {"这不是入网码，请让店长重新出一张（{}）",
               "This is no enrolment code: have the manager make another ({})"}},
    CodeWords{"bad_formats_file", {"标签格式不对：{}", "The label formats are wrong: {}"}},
    CodeWords{"bad_identity",
              {"本机的证书文件损坏，请叫技术员（{}）",
               "The file of this terminal's certificate is damaged: call the technician ({})"}},
    CodeWords{"bad_json", {"这一行不是有效的指令：{}", "This line is not a valid request: {}"}},
    CodeWords{"bad_label",
              {"标签没有重量或金额，请重新称重", "The label has no weight or amount: weigh again"}},
    CodeWords{"bad_lot",
              {"批号不对，请按包装重新输入", "This cannot be a lot: key it as on the pack"}},
    CodeWords{"bad_pipeline",
              {"摄像头设置有误，请叫技术员", "The camera is set up wrongly: call the technician"}},
    CodeWords{"bad_request",
              {"服务器不认本机的申请，请叫技术员（{}）",
               "The server does not take this terminal's request: call the technician ({})"}},
    CodeWords{"bad_token",
              {"没有这张入网码，请让店长重新出一张",
               "The store knows no such code: have the manager make another"}},
    CodeWords{"bad_value", {"内容不对：{}", "Wrong value: {}"}},
    CodeWords{"basket_empty", {"购物篮是空的", "The basket is empty"}},
    CodeWords{"basket_not_empty",
              {"请先结账或挂单，再取单", "Pay or hold this basket before resuming another"}},
    CodeWords{"batch_expired",
              {"商品已过期，不能收货，请拒收", "These goods have expired: refuse the delivery"}},
    CodeWords{"batch_gone",
              {"这批已退货或销毁，不能放行",
               "This batch was returned or disposed of and cannot be released"}},
    CodeWords{"batch_known",
              {"这批已在店内并有处置，不能记为待检。请放行，要停售请用隔离",
               "This batch is on record already: release it, or quarantine it to stop it"}},
    CodeWords{"batch_recalled",
              {"这批在召回中，只能由服务器解除", "It is recalled: only the server lifts that"}},
    CodeWords{"block_lane_late",
              {"正在取停售名单，请稍候再收款", "Block list is arriving: pay in a moment"}},
    CodeWords{"busy", {"请稍候，上一步还没有完成", "Please wait: the last step is not done"}},
    CodeWords{"camera_silent",
              {"摄像头没有图像，请检查接线", "No picture comes from the camera: check its cable"}},
    CodeWords{"camera_ended",
              {"摄像头的图像已经放完", "The pictures of the camera are at their end"}},
    CodeWords{
        "camera_died",
        {"摄像头程序中断，正在重新启动", "The program of the camera ended and is started again"}},
    CodeWords{"cannot_write", {"没能保存，请看磁盘是否已满", "Not kept: is the disk full?"}},
    CodeWords{"cause_wanted", {"请写明故障原因", "Say what the cause was"}},
    CodeWords{"conflict",
              {"本机记录与服务器不一致，请叫店长处理（{}）",
               "This terminal's log differs from the server's: call the manager ({})"}},
    CodeWords{"check_mass",
              {"砝码不合适，请用{}的砝码", "Not a mass for this scale: take one of {}"}},
    CodeWords{"cover_open",
              {"打印机盖没关好，请关上", "The cover of the printer is open: close it"}},
    CodeWords{"damaged",
              {"本机数据损坏，已留存，请等待重新同步",
               "This terminal's data was damaged and set aside: wait for it to sync again"}},
    CodeWords{"database",
              {"本机数据读写失败，请叫店长（{}）",
               "This terminal cannot use its data: call the manager ({})"}},
    CodeWords{"date_wanted", {"请输入包装上的日期", "Key the date that is on the pack"}},
    CodeWords{"dates_turned",
              {"截止日期早于起始日期，请核对", "The last day is before the first: look again"}},
    CodeWords{"decision_wanted", {"请选择怎么处置", "Choose what happens to these goods"}},
    CodeWords{"decoder_died",
              {"这张图片读不出来，请重拍", "The picture could not be read: take it again"}},
    CodeWords{"device_gone", {"设备断开了，请检查接线", "The device is gone: check its cable"}},
    CodeWords{"disk_full",
              {"本机磁盘已满，没有保存，请叫店长",
               "The disk is full: nothing was saved. Call the manager"}},
    CodeWords{"enrol_again",
              {"本机证书过期太久，请用新的入网码重新入网。未上传的记录都还在",
               "This terminal's certificate ran out too long ago: enrol it with a new code. What "
               "was not sent is kept"}},
    CodeWords{"enrolled",
              {"本机已入网，只能加密连接（{}）",
               "This terminal is enrolled and speaks through TLS alone ({})"}},
    CodeWords{"entry_exists",
              {"登记表里已有编号 {}，请在列表中更改",
               "{} is in the register already: choose it in the list"}},
    CodeWords{"entry_unchanged", {"内容没有改动", "Nothing was changed"}},
    CodeWords{
        "expired",
        {"本机证书过期，正在换新", "This terminal's certificate ran out and is being renewed"}},
    CodeWords{"fault_fixed", {"这张故障单已经修好：{}", "This fault is mended already: {}"}},
    CodeWords{"fault_taken", {"这张故障单已有人处理：{}", "Somebody is on this fault already: {}"}},
    CodeWords{"fix_wanted", {"请写明怎么修好的", "Say what was done"}},
    CodeWords{
        "hold_offline",
        {"连不上服务器，只能在挂单的收银台取单", "No server: resume at the till that held it"}},
    CodeWords{"hold_taken", {"这张挂单已被取走（{}）", "This basket was resumed already ({})"}},
    CodeWords{"hold_unreadable", {"这张挂单读不出来：{}", "This held basket cannot be read: {}"}},
    CodeWords{
        "life_used",
        {"保质期已过 {}% 以上：拒收、隔离，或请店长确认",
         "Over {} % of its life is used: refuse it, put it aside, or let the manager confirm"}},
    CodeWords{"label_of_one", {"每张标签只卖一份，请逐个扫", "A label is of one pack: scan each"}},
    CodeWords{"level_wanted", {"请选择召回级别", "Choose the level of the recall"}},
    CodeWords{"line_blocked",
              {"有商品不能销售，请先作废再收款", "A line may not be sold: void it before payment"}},
    CodeWords{"line_settings_refused",
              {"接口不接受串口参数，请叫技术员",
               "The port refuses its line settings: call the technician"}},
    CodeWords{"line_verify",
              {"请先核对包装上的日期或批号", "Check the date or lot on the pack first"}},
    CodeWords{
        "locked",
        {"账号已锁定，请找账号管理员", "The account is locked: ask the account administrator"}},
    CodeWords{"lot_wanted",
              {"请输入或扫描包装上的批号", "Key or scan the lot that is on the pack"}},
    CodeWords{"needs_second_person",
              {"需要另一位有权限的人确认", "A second person with the right must confirm"}},
    CodeWords{
        "needs_server",
        {"连不上服务器，只能在挂单的收银台取单", "No server: resume at the till that held it"}},
    CodeWords{"no_answer",
              {"请输入日期或批号，或选择看不清", "Give a date or lot, or choose cannot read"}},
    CodeWords{"no_code",
              {"图片里没有找到条码，请重拍", "No code found in the picture: take it again"}},
    CodeWords{"no_format", {"这个前缀没有设置标签格式", "No label format is set for this flag"}},
    CodeWords{"no_label", {"这不是店内秤的标签", "This is no label of the shop's scales"}},
    CodeWords{"no_lot_or_date",
              {"这个条码没有批号和日期，请按包装输入",
               "This code has neither lot nor date: key them as on the pack"}},
    CodeWords{"no_permission",
              {"程序没有权限打开这个设备，请叫技术员",
               "The program may not open this device: call the technician"}},
    CodeWords{"no_printer", {"没有配置打印机", "No printer is set up"}},
    CodeWords{"no_scale", {"没有连接电子秤", "No scale is connected"}},
    CodeWords{"no_store_key",
              {"本机还不能核对密码：请先连上一次服务器",
               "PINs cannot be checked here yet: connect this terminal to the server once"}},
    CodeWords{"no_such_batch",
              {"没有这个批次：{}，请重新查询", "No such batch: {}; look it up again"}},
    CodeWords{"no_such_fault", {"没有这张故障单：{}", "No such fault: {}"}},
    CodeWords{"no_such_hold", {"没有这张挂单：{}", "No such held basket: {}"}},
    CodeWords{"no_such_instrument", {"没有这台器具：{}", "No such instrument: {}"}},
    CodeWords{"no_such_item",
              {"没有这个商品：{}。请核对条码或按名称查找",
               "No such item: {}. Check the code or search by name"}},
    CodeWords{"no_such_line", {"购物篮里没有这一行", "No such line in the basket"}},
    CodeWords{"no_such_list", {"没有这个列表：{}", "No such list: {}"}},
    CodeWords{"no_such_person", {"没有这个工号：{}", "No such person: {}"}},
    CodeWords{"no_such_receipt", {"本机没有这张小票：{}", "No such receipt at this terminal: {}"}},
    CodeWords{"no_such_supplier",
              {"没有这个供应商：{}，请另选", "No such supplier: {}; choose another"}},
    CodeWords{"no_weight_on_it",
              {"上面没有重量，请按小票输入重量", "It tells no weight: key the one on the receipt"}},
    CodeWords{"not_a_port",
              {"这不是设备接口，请叫技术员", "This is no port of a device: call the technician"}},
    CodeWords{"not_allowed",
              {"您的岗位没有这个权限，请找有权限的人",
               "Your role may not do this: ask somebody who may"}},
    CodeWords{"not_an_image", {"这不是图片", "This is not a picture"}},
    CodeWords{"not_by_piece", {"称重商品不能改数量", "Goods by weight have no quantity to change"}},
    CodeWords{
        "not_counted",
        {"这里扫码不计数，请到数量页再扫", "A scan counts nothing here: open the quantity first"}},
    CodeWords{"not_enough", {"钱不够，还差¥{}", "Not enough: ¥{} more is due"}},
    CodeWords{"not_enrolled",
              {"本机还没有入网，请扫店长给的入网码",
               "This terminal is not enrolled: scan the manager's code"}},
    CodeWords{"not_found", {"没有找到：{}", "Not found: {}"}},
    CodeWords{
        "not_here",
        {"本机的日志请在另一台终端上重开", "Open this terminal's new log at another terminal"}},
    CodeWords{
        "not_journalled",
        {"查看没有记入日志，号码不能显示", "The look is not in the log: the number stays hidden"}},
    CodeWords{"not_locked", {"这个账号没有锁定", "This account is not locked"}},
    CodeWords{"not_logged_in", {"请先登录，再继续", "Log in first, then go on"}},
    CodeWords{"not_synced",
              {"本机还没有店里的数据，请连接服务器",
               "This terminal has no shop data yet: connect it to the server"}},
    CodeWords{"not_supported",
              {"这台秤不支持收银机控制，请按秤上的键",
               "This scale takes no commands: use the keys on it"}},
    CodeWords{"nothing_blocked", {"没有禁止销售提示", "Nothing is blocked now"}},
    CodeWords{"nothing_changed", {"请先改批号或日期", "Change the lot or the date first"}},
    CodeWords{"nothing_to_verify", {"没有要核对的商品", "Nothing is to be verified now"}},
    CodeWords{"nothing_to_weigh", {"请先选择要称的商品", "Choose first what to weigh"}},
    CodeWords{"older_server",
              {"服务器的程序版本较旧，还不能这样查询",
               "The server runs an older program, which cannot be asked this yet"}},
    CodeWords{"offline", {"连不上服务器", "The server cannot be reached"}},
    CodeWords{"only_test_shop", {"只有测试商店可以设置时间", "Only a test shop can set the clock"}},
    CodeWords{"open_failed",
              {"设备打不开，请检查接线或重启设备",
               "The device cannot be opened: check its cable or restart it"}},
    CodeWords{"other_batch",
              {"这是同一商品的另一批，请先收完手上这批",
               "This is another batch of the item: finish the one in hand first"}},
    CodeWords{"other_item",
              {"这是另一种商品，请先收完这一种", "This is another item: finish this one first"}},
    CodeWords{"other_server",
              {"对方不是本店的服务器，没有上传任何记录",
               "Whoever answers is not this store's server; nothing was sent"}},
    CodeWords{"other_store",
              {"本机存有另一家店的记录，不能接到这家店（{}）",
               "This terminal has the records of another store and cannot join this one ({})"}},
    CodeWords{
        "paper_low",
        {"打印纸快用完了，请准备换纸", "The paper is nearly at its end: have a new roll ready"}},
    CodeWords{"paper_out",
              {"打印机没纸了，请换纸", "The printer is out of paper: put in a new roll"}},
    CodeWords{"payment_code",
              {"这是付款码，请在收款时扫", "This is a payment code: scan it when paying"}},
    CodeWords{"photo_wanted", {"请先给包装拍照", "Take a photo of the pack first"}},
    CodeWords{
        "production_to_come",
        {"生产日期还没到，请再看一遍包装", "This production date is still to come: look again"}},
    CodeWords{"printer_busy", {"打印机暂时不能用，请稍等", "The printer is busy: wait a moment"}},
    CodeWords{"printer_error",
              {"打印机出错，请关机再开，仍不行请报修",
               "The printer has an error: switch it off and on, else report it"}},
    CodeWords{
        "printer_gone",
        {"打印机没有连接，请检查电源和接线", "The printer does not answer: check power and cable"}},
    CodeWords{"quantity_out_of_range",
              {"数量超出范围，请核对（{}）", "The quantity is out of range: check it ({})"}},
    CodeWords{"quantity_wanted", {"请输入数量", "Key how much there is"}},
    CodeWords{"reason_wanted", {"请选择原因", "Choose the reason"}},
    CodeWords{"receipt_code", {"这是小票号，不是商品", "This is a receipt, not an item"}},
    CodeWords{"no_check", {"现在没有在校验秤", "No check of the scale is going on"}},
    CodeWords{"receipt_elsewhere",
              {"这张小票在别的收银台，请按小票输入重量",
               "This receipt is of another till: key the weight that is on it"}},
    CodeWords{"refused", {"店长没有批准本机入网", "The manager did not let this terminal in"}},
    CodeWords{"removed",
              {"已过保存期限，联系方式已删除", "It was kept as long as it may be, and is removed"}},
    CodeWords{"revoked",
              {"本机已被停用，请找店长。未上传的记录都还在（{}）",
               "This terminal was revoked: see the manager. What was not sent is kept ({})"}},
    CodeWords{
        "role",
        {"这张入网码不是给这类设备的（{}）", "The code is for another kind of terminal ({})"}},
    CodeWords{"scale_below_minimum",
              {"重量低于最小称量，请合并称重或按件销售",
               "Below the scale's minimum: weigh more together or sell by count"}},
    CodeWords{"scale_certificate",
              {"秤{}的检定证书已过期，不能用于销售",
               "The certificate of scale {} has run out: it may not sell"}},
    CodeWords{"scale_check_failed",
              {"秤校验不合格，不能销售。请重新校验，仍不合格就报修",
               "The scale failed its check and sells nothing: check it again, else report it"}},
    CodeWords{"scale_check_missed",
              {"今天没有按时校验秤，不能称重销售。请先做每日校验",
               "The scale was not checked in time today: do the daily check first"}},
    CodeWords{
        "scale_checking",
        {"正在校验秤，请先做完或退出", "The scale is being checked: finish that or leave it"}},
    CodeWords{"scale_class",
              {"登记表里没有秤的准确度等级，不能校验。叫计量员",
               "The register names no class of this scale: call the instrument keeper"}},
    CodeWords{"scale_elsewhere",
              {"这台秤绑定在{}，不能在这里销售。请店长或计量员绑定到本机",
               "This scale is bound at {}: the manager or instrument keeper has to bind it here"}},
    CodeWords{"scale_fault", {"电子秤故障，请换一台", "The scale has a fault: use another"}},
    CodeWords{"scale_library",
              {"称重程序被改动，不能称重销售。叫计量员",
               "The weighing program was changed and sells nothing: call the instrument keeper"}},
    CodeWords{"scale_motion", {"请等秤稳定", "Wait until the scale is steady"}},
    CodeWords{"scale_no_tare",
              {"秤没有去皮，请把容器放稳再试", "The scale took no tare: let the container rest"}},
    CodeWords{
        "scale_not_bound",
        {"本机绑定的是另一台秤，这台不能销售。请店长或计量员绑定",
         "Another scale is bound here: the manager or instrument keeper has to bind this one"}},
    CodeWords{"scale_not_zeroed",
              {"秤没有置零：清空秤盘再试，仍不行就按秤上的键",
               "The scale did not set itself to zero: empty it, or press the key on it"}},
    CodeWords{"scale_other_device",
              {"接着的不是绑定的那台秤，不能销售。请接回原来的，或请店长、计量员绑定",
               "This is not the scale that was bound: connect that one, or have this one bound"}},
    CodeWords{"scale_over",
              {"超过最大称量，请分开称", "Over the scale's capacity: weigh in parts"}},
    CodeWords{"scale_pan_not_cleared",
              {"请先清空秤盘再称下一件", "Clear the pan before the next item"}},
    CodeWords{"scale_parameters",
              {"秤的参数不对，不能称重销售。叫计量员",
               "The scale's limits are not in order: call the instrument keeper"}},
    CodeWords{"scale_silent",
              {"电子秤没有回应，请检查接线", "The scale does not answer: check its cable"}},
    CodeWords{"scale_stale", {"读数太旧，请重称", "The reading is too old: weigh again"}},
    CodeWords{"scale_under",
              {"秤低于零点，请清空并置零", "The scale is under zero: clear it and zero it"}},
    CodeWords{"scale_tare_untold",
              {"秤上已按去皮，看不出皮重。请在秤上清除去皮",
               "Tare was taken on the scale itself: clear it there"}},
    CodeWords{
        "scale_tare_stays",
        {"秤上的皮重没有清除，请按秤上的键", "The tare stays: clear it by the key on the scale"}},
    CodeWords{"scale_unregistered",
              {"这台秤没有登记，不能称重销售。叫计量员",
               "This scale is in no register and sells nothing: call the instrument keeper"}},
    CodeWords{"scale_zero_error", {"秤还没有置零", "The scale was not zeroed"}},
    CodeWords{"scan_overlong", {"这个条码太长，不是商品码", "This code is too long to be goods"}},
    CodeWords{"scan_torn",
              {"扫码不完整，请再扫一次", "The scan did not come whole: scan it again"}},
    CodeWords{"supplier_papers",
              {"供应商证照已过期（{}），不能收货",
               "The supplier's papers have run out ({}): do not take the goods"}},
    CodeWords{"supplier_wanted", {"请选择供应商", "Choose who delivered it"}},
    CodeWords{"tare_limit", {"皮重最多{}", "The tare is {} at most"}},
    CodeWords{"tare_step", {"皮重只能是{}的整数倍", "The tare goes in steps of {}"}},
    CodeWords{"terminal",
              {"这张入网码是给另一台设备的（{}）", "The code is for another terminal ({})"}},
    CodeWords{
        "token_expired",
        {"入网码已过期，请让店长重新出一张", "The code is too old: have the manager make another"}},
    CodeWords{"token_used",
              {"入网码已被另一台设备用过，请告诉店长",
               "Another terminal has used this code: tell the manager"}},
    CodeWords{"too_large", {"内容太大，没有保存：{}", "Too large, nothing was saved: {}"}},
    CodeWords{"too_long", {"文字太长：{}", "The text is too long: {}"}},
    CodeWords{"too_many_tries",
              {"错的入网码太多，请等一分钟", "Too many wrong codes: wait a minute"}},
    CodeWords{"two_meanings",
              {"同一张标签可能读成金额也可能读成重量：{}",
               "One label could be read as an amount or as a weight: {}"}},
    CodeWords{"unknown_action", {"没有这个操作：{}", "No such action: {}"}},
    CodeWords{"unreachable",
              {"连不上服务器，正在重试（{}）", "The server cannot be reached; trying again ({})"}},
    CodeWords{"wait", {"密码错误次数过多，请{}秒后再试", "Too many wrong tries: wait {} s"}},
    CodeWords{"weigh_first", {"请先称重，或取消这件商品", "Weigh it first, or give it up"}},
    CodeWords{"weight_wanted",
              {"这种商品按重量收，请输入公斤数", "These goods go by weight: key the kilograms"}},
    CodeWords{"why_wanted", {"请写明原因", "Say why"}},
    CodeWords{"wrong_device",
              {"接上的是另一个设备，请换回，或叫技术员",
               "Another device is connected: put the old one back or call the technician"}},
    CodeWords{
        "write_timeout",
        {"设备没有收下数据，请检查电源和接线", "The device takes no data: check power and cable"}},
    CodeWords{"write_failed", {"写入失败（{}）", "It could not be written ({})"}},
    CodeWords{"wrong_pin", {"密码不对，请重新输入", "Wrong PIN: try again"}},
    CodeWords{"wrong_store",
              {"那里的服务器不是出码的这家店，没有发出任何东西",
               "The server there is not the store of this code; nothing was sent"}},
};

struct CodeErrorWords {
    domain::CodeError error;
    domain::Words words;
};
/// What a technician's tools name `check_digit`, said to a cashier.
constexpr std::array misread{
    CodeErrorWords{domain::CodeError::check_digit, {"校验位不对", "its check digit is wrong"}},
    CodeErrorWords{domain::CodeError::price_check_digit,
                   {"价格校验位不对", "its price check digit is wrong"}},
    CodeErrorWords{domain::CodeError::date, {"日期不对", "it has a date that there is not"}},
    CodeErrorWords{domain::CodeError::length, {"长度不对", "its length is wrong"}},
    CodeErrorWords{domain::CodeError::charset,
                   {"有不该有的字符", "it has characters that it may not have"}},
    CodeErrorWords{domain::CodeError::conflict, {"内容自相矛盾", "it contradicts itself"}},
    CodeErrorWords{domain::CodeError::syntax, {"格式不对", "its form is wrong"}},
};

std::string_view in(const domain::Words& words, domain::Language language) {
    return language == domain::Language::zh ? words.zh : words.en;
}

/// Where there is no detail, its brackets or colon go with it.
std::string filled(std::string text, std::string_view detail) {
    static constexpr std::array<std::string_view, 5> places{"（{}）", " ({})", "：{}", ": {}",
                                                            "{}"};
    auto place = text.find("{}");
    if (place == std::string::npos) return text;
    if (!detail.empty()) return text.replace(place, 2, detail);
    for (std::string_view each : places) {
        if (auto at = text.find(each); at != std::string::npos) return text.erase(at, each.size());
    }
    return text;
}

std::string_view said_of_code(std::string_view error, domain::Language language) {
    for (const CodeErrorWords& each : misread) {
        if (domain::to_text(each.error) == error) return in(each.words, language);
    }
    return error;
}

}  // namespace

std::string message_for(std::string_view code, std::string_view detail, domain::Language language) {
    if (code == "bad_code") detail = said_of_code(detail, language);
    for (const std::span<const CodeWords> rows :
         {std::span<const CodeWords>(table), money_words()}) {
        for (const CodeWords& row : rows) {
            if (row.code == code) return filled(std::string(in(row.words, language)), detail);
        }
    }
    std::string text(language == domain::Language::zh ? "没有成功：" : "Not done: ");
    text += code;
    if (!detail.empty()) text.append(" ").append(detail);
    return text;
}

std::string shown_code(std::string_view raw) {
    constexpr int most_columns = 40;
    constexpr std::size_t most_read = 400;
    constexpr std::size_t shown_of_money = 4;
    if (domain::may_be_payment_code(raw)) {
        return domain::parse_code(raw, {}).text.substr(0, shown_of_money) + "…";
    }
    std::string shown;
    std::string_view rest = raw.substr(0, most_read);
    while (!rest.empty()) {
        const char32_t sign = domain::take_code_point(rest);
        const bool prints =
            sign >= 0x20 && !(sign >= 0x7F && sign < 0xA0) && sign != domain::replacement_character;
        if (prints) domain::append_utf8(shown, sign);
    }
    return domain::truncate(shown, most_columns);
}

namespace {

bool is_money(const domain::ScannedCode& code, std::string_view raw) {
    return code.kind == domain::CodeKind::payment ||
           (code.error && domain::may_be_payment_code(raw));
}

}  // namespace

std::string told_code(std::string_view raw, const domain::CodeContext& context) {
    constexpr std::size_t most_told = 100;
    const bool is_plain =
        std::ranges::all_of(raw, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!is_plain || is_money(domain::parse_code(raw, context), raw)) return shown_code(raw);
    return std::string(raw.substr(0, most_told));
}

Error trouble_with_code(std::string_view raw, domain::Date today) {
    const auto code = domain::parse_code(raw, {.today = today});
    if (is_money(code, raw)) return {"payment_code", ""};
    if (code.error) return {"bad_code", std::string(domain::to_text(*code.error))};
    return {"no_such_item", shown_code(raw)};
}

std::string verdict_message(const domain::Verdict& verdict, domain::Language language) {
    bool zh = language == domain::Language::zh;
    switch (verdict.kind) {
        case domain::VerdictKind::unknown:
            return zh ? "没有这个商品，请核对条码或按名称查找"
                      : "No such item: check the code or search by name";
        case domain::VerdictKind::verify:
            if (verdict.ask_lot) return zh ? "请看包装上的批号" : "Which lot is on the pack?";
            return zh ? "请看包装上的日期" : "Which date is on the pack?";
        case domain::VerdictKind::block:
        case domain::VerdictKind::warn:
            break;
        case domain::VerdictKind::allow:
            return {};
    }
    std::string text;
    for (domain::Reason reason : verdict.reasons) {
        const domain::ReasonWords& words = domain::words_of(reason);
        if (!text.empty()) text += zh ? "；" : "; ";
        text += verdict.kind == domain::VerdictKind::block ? in(words.say, language)
                                                           : in(words.title, language);
    }
    return text;
}

}  // namespace fangxin::terminal
