#include "tests/support/shop_history.hpp"

#include "tests/support/sync_shop.hpp"

namespace fangxin::sync::testing {

ShopHistory::ShopHistory(std::uint32_t seed) : random_(seed) {
    logs_ = {{.terminal = "till-1", .role = "till"},
             {.terminal = "till-2", .role = "till"},
             {.terminal = "handheld-1", .role = "handheld"}};
}

std::string ShopHistory::batch() {
    if (one_in(12)) return "";
    return batch_id(one_in(15) ? "no such item" : item(), {.lot = lot()}, "");
}

Sale ShopHistory::sale() {
    Sale sale{.receipt = fmt::format("FX{}", pick(1000)), .block_cursor = pick(50)};
    const std::int64_t lines = 1 + pick(6);
    for (std::int64_t n = 1; n <= lines; ++n) {
        SaleLine line{.line = one_in(9) ? 1 : n,
                      .item = item(),
                      .name = "牛奶 \"纯\" \\ {a,b}",
                      .quantity = 1 + pick(3),
                      .amount_fen = pick(2000),
                      .batch = batch(),
                      .batch_basis = domain::BatchBasis::read,
                      .lot = lot()};
        if (one_in(4)) line.net_mg = pick(3'000'000);
        if (one_in(4)) line.expiry = day("2026-12-01");
        if (one_in(5)) line.reasons = {domain::Reason::unrecorded_batch};
        sale.total_fen += line.amount_fen;
        sale.lines.push_back(std::move(line));
    }
    sale.paid_fen = sale.total_fen;
    return sale;
}

std::string ShopHistory::goods_op(std::string_view& kind) {
    const std::string of = item();
    const std::string lot_of = lot();
    switch (pick(6)) {
        case 0:
        case 1:
            return data(kind, BatchReceived{.batch = batch_id(of, {.lot = lot_of}, ""),
                                            .item = of,
                                            .lot = lot_of,
                                            .expiry = day("2026-12-01"),
                                            .quantity_milli = pick(20'000) - 2000,
                                            .decision = domain::Decision::released});
        case 2:
            return data(kind, BatchWithdrawn{.batch = batch(), .quantity_milli = pick(3000)});
        case 3:
            return data(kind, BatchCorrected{.batch = batch(), .expiry = day("2026-11-20")});
        case 4:
            return data(kind, BatchTested{.batch = batch(),
                                          .result = one_in(2) ? domain::TestResult::failed
                                                              : domain::TestResult::passed,
                                          .kind = "residues"});
        default:
            return data(kind, BatchReleased{.batch = batch(), .reason = "looked at"});
    }
}

std::string ShopHistory::block_op(std::string_view& kind) {
    const std::string block = fmt::format("R-{}", pick(6));
    switch (pick(5)) {
        case 0:
        case 1:
            return data(kind, BatchQuarantined{.batch = batch(), .item = item(), .reason = "r"});
        case 2:
            return data(kind, RecallMade{.block = block, .item = item(), .lot = lot()});
        case 3:
            return data(kind, BlockLifted{.block = block, .reason = "no reason"});
        default:
            return data(kind, BlocksApplied{.block_cursor = pick(60)});
    }
}

std::string ShopHistory::till_op(std::string_view& kind) {
    const std::string hold = fmt::format("hold-{}", pick(5));
    switch (pick(9)) {
        case 0:
            return data(kind, BasketHeld{.hold = hold, .total_fen = 5, .lines = 1, .body = "{}"});
        case 1:
            return data(kind, BasketResumed{.hold = hold});
        case 2:
            return data(kind,
                        SaleRefused{.code = "1", .item = item(), .reasons = {domain::Reason{}}});
        case 3:
            return data(kind, ComplaintTaken{.complaint = fmt::format("c{}", pick(9)),
                                             .what = "酸了\n\x1d"});
        case 4:
            return data(kind, LoginFailed{.number = person(), .account_locked = one_in(2)});
        case 5:
            return data(kind, AccountOpened{.number = person()});
        default:
            return data(kind, sale());
    }
}

std::string ShopHistory::equipment_op(std::string_view& kind) {
    const std::string id = fmt::format("scale/m/s{}", pick(2));
    switch (pick(7)) {
        case 0: {
            domain::Instrument scale{.kind = "scale", .model = "m"};
            scale.serial = fmt::format("s{}", pick(2));
            scale.certificate = fmt::format("{}", pick(3));
            return data(kind, InstrumentSet{.instrument = scale, .reason = "r"});
        }
        case 1:
            return data(kind, ScaleBound{.instrument = id, .identity = "usb"});
        case 2:
            return data(kind, ScaleChecked{.instrument = id, .passed = one_in(2)});
        case 3:
            return data(kind, SettingSet{.key = "phone", .value = lot(), .reason = "r"});
        case 4:
            return data(kind, TerminalTold{.role = "till",
                                           .configuration = "a\n" + lot() + "\nb\n",
                                           .devices = {{.device = "scale", .driver = lot()}}});
        case 5:
            return data(kind, FaultRaised{.fault = fmt::format("f{}", pick(3)), .device = "scale"});
        default:
            return data(kind, FaultTaken{.fault = fmt::format("f{}", pick(3))});
    }
}

std::string ShopHistory::body(const Log& log) {
    std::string_view kind;
    std::string data;
    switch (pick(6)) {
        case 0:
            data = goods_op(kind);
            break;
        case 1:
            data = block_op(kind);
            break;
        case 2:
            data = equipment_op(kind);
            break;
        default:
            data = till_op(kind);
    }
    Envelope envelope{.terminal = log.terminal,
                      .epoch = 1,
                      .seq = static_cast<std::int64_t>(log.bodies.size()) + 1,
                      .kind = std::string(kind),
                      .at = noon(),
                      .person = person()};
    envelope.at.utc_ms += ++minute_ * 60'000;
    return write_envelope(envelope, data);
}

/// What no honest program sends, and one of a later version.
std::string ShopHistory::bad_body(const Log& log, std::int64_t seq) {
    Envelope envelope{
        .terminal = log.terminal, .epoch = 1, .seq = seq, .at = noon(), .person = "1001"};
    switch (pick(8)) {
        case 0:
            return "{torn";
        case 1:
            return std::string("\0\xff no text", 10);
        case 2:
            envelope.kind = "drone_landed";
            return write_envelope(envelope, R"({"at":1})");
        case 3:
            envelope.kind = "complaint_taken";
            return write_envelope(envelope, R"({"complaint":"c\u0000"})");
        case 4:
            envelope.kind = "batch_received";
            return write_envelope(envelope,
                                  json_text(BatchReceived{.batch = std::string(3000, 'x')}));
        case 5: {
            envelope.kind = "sale";
            Sale long_receipt = sale();
            long_receipt.receipt = std::string(key_limit + 1, 'y');
            return write_envelope(envelope, json_text(long_receipt));
        }
        case 6:
            envelope.seq += 7;
            envelope.kind = "logged_out";
            return write_envelope(envelope, json_text(LoggedOut{}));
        default:
            envelope.kind = "sale";
            return write_envelope(envelope, R"({"receipt":1})");
    }
}

void ShopHistory::append(Log& log) {
    const auto seq = static_cast<std::int64_t>(log.bodies.size()) + 1;
    log.bodies.push_back(one_in(15) ? bad_body(log, seq) : body(log));
    const Hash before = log.hashes.empty() ? Hash{} : log.hashes.back();
    log.hashes.push_back(chain(before, log.bodies.back()));
}

SendFrame ShopHistory::frame(Log& log) {
    const std::int64_t fresh = 1 + pick(20);
    for (std::int64_t i = 0; i < fresh; ++i)
        append(log);
    const auto end = static_cast<std::int64_t>(log.bodies.size());
    std::int64_t first = log.sent + 1;
    if (one_in(4)) first = std::max<std::int64_t>(1, first - pick(30));
    if (one_in(10)) first = std::min(end, first + 1 + pick(3));
    const std::int64_t last = one_in(5) ? first + pick(end - first + 1) : end;
    OpsFrame sent{.epoch = 1, .first = first};
    for (std::int64_t seq = first; seq <= last; ++seq)
        sent.bodies.push_back(log.bodies[static_cast<std::size_t>(seq - 1)]);
    sent.head = to_hex(log.hashes[static_cast<std::size_t>(last - 1)]);
    if (one_in(20)) sent.head[0] = sent.head[0] == '0' ? '1' : '0';
    if (one_in(20)) sent.bodies[static_cast<std::size_t>(pick(last - first + 1))] += ' ';
    return {{log.terminal, std::move(sent)}, log.role};
}

void ShopHistory::heard(std::string_view terminal, std::int64_t acked) {
    for (Log& log : logs_) {
        if (log.terminal == terminal) log.sent = acked;
    }
}

HistoryStep ShopHistory::next() {
    Log& log = logs_[static_cast<std::size_t>(pick(3))];
    switch (pick(12)) {
        case 0:
            return SayHello{{.app = "1", .terminal = log.terminal, .role = log.role}};
        case 1:
            return ClaimBasket{{log.terminal, {.id = 1, .hold = fmt::format("hold-{}", pick(5))}}};
        case 2:
            return ActAtServer{draft(RecallMade{.block = fmt::format("R-{}", pick(6)),
                                                .item = item(),
                                                .lot = lot(),
                                                .reason = "召回"},
                                     noon(), "server")};
        case 3:
            return ActAtServer{
                draft(BlockLifted{.block = fmt::format("R-{}", pick(6))}, noon(), "server")};
        case 4:
            if (one_in(3)) return PrepareAgain{};
            if (one_in(2)) return DeleteHold{};
            return TakeFolder{
                fmt::format("code,name_zh,category,unit,price_fen\nitem-{},牛奶,dairy,piece,{}\n",
                            pick(4), 100 + pick(3)),
                fmt::format("item,lot,production,quantity_milli,state\nitem-{},L{},2026-11-20,"
                            "5000,{}\n",
                            pick(4), pick(5), one_in(3) ? "recalled" : "released")};
        default:
            return frame(log);
    }
}

}  // namespace fangxin::sync::testing
