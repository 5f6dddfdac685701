// What a protocol core answers, as one line of text: `send welcome, load_blocks 0`. Tests only.
#pragma once

#include "sync/server_peer.hpp"
#include "sync/terminal_peer.hpp"

#include <fmt/format.h>
#include <string>
#include <variant>

namespace fangxin::sync::testing {

template <class... Each>
struct Overloaded : Each... {
    using Each::operator()...;
};
template <class... Each>
Overloaded(Each...) -> Overloaded<Each...>;

inline std::string printed(const Message& message) {
    return std::visit(
        Overloaded{
            [](const Ack& m) { return fmt::format("ack {}/{} ver {}", m.epoch, m.seq, m.ver); },
            [](const Have& m) { return fmt::format("have {} {}", m.rows, m.blocks); },
            [](const Gap& m) { return fmt::format("gap {}/{}", m.epoch, m.want); },
            [](const Refused& m) { return "refused " + m.code; },
            [](const OpsFrame& m) {
                return fmt::format("ops {}/{}+{}", m.epoch, m.first, m.bodies.size());
            },
            [](const RowsFrame& m) {
                return fmt::format("rows {}-{} after blocks {}{}", m.from, m.to, m.blocks,
                                   m.complete ? " complete" : "");
            },
            [](const Mark& m) { return fmt::format("mark {}", m.at); },
            [](const Checkpoint& m) { return fmt::format("checkpoint {}", m.at); },
            [](const Repair& m) { return fmt::format("repair {} after '{}'", m.table, m.after); },
            [](const TableRows& m) {
                return fmt::format("table_rows {} '{}'-'{}'{}", m.table, m.after, m.to,
                                   m.last ? " last" : "");
            },
            [](const Poked& m) { return fmt::format("poked {} {}", m.rows, m.blocks); },
            [](const AskHash& m) { return fmt::format("ask_hash {}/{}", m.epoch, m.seq); },
            [](const OpHash& m) { return fmt::format("op_hash {}/{}", m.epoch, m.seq); },
            [](const BlocksFrame& m) { return fmt::format("blocks {}-{}", m.from, m.to); },
            []<class M>(const M&) { return std::string(Declaration<M>::name); }},
        message);
}

inline std::string printed(const TerminalPeer::Action& action) {
    using P = TerminalPeer;
    return std::visit(
        Overloaded{
            [](const P::Send& a) { return "send " + printed(a.message); },
            [](const P::Close& a) { return "close: " + a.why; },
            [](const P::LoadOps& a) { return fmt::format("load_ops {}/{}", a.epoch, a.first); },
            [](const P::StoreRows& a) { return "store " + printed(Message(a.frame)); },
            [](const P::StoreBlocks& a) { return "store " + printed(Message(a.frame)); },
            [](const P::StoreAck& a) { return "store " + printed(Message(a.ack)); },
            [](const P::TakeBack& a) {
                return fmt::format("take_back {}/{}", a.log.epoch, a.log.last_seq);
            },
            [](const P::ResetRows& a) { return fmt::format("reset_rows {}", a.server_epoch); },
            [](const P::NewEpoch& a) {
                return fmt::format("new_epoch {}{}", a.epoch,
                                   a.opened ? fmt::format(" keep {}", a.keep) : "");
            },
            [](const P::LoadHash& a) { return fmt::format("load_hash {}/{}", a.epoch, a.seq); },
            [](const P::SumTables& a) { return fmt::format("sum at {}", a.mark.at); },
            [](const P::StoreTable& a) { return "store " + printed(Message(a.part)); },
            [](const P::Comparing& a) { return std::string(a.now ? "comparing" : "compared"); },
            [](const P::ConflictOver&) { return std::string("conflict over"); },
            [](const P::ServerTime& a) { return fmt::format("time {}", a.now_ms); },
            [](const P::Online&) { return std::string("online"); },
            [](const P::CaughtUp&) { return std::string("caught_up"); },
            [](const P::Offline&) { return std::string("offline"); },
            [](const P::Conflict& a) { return "conflict " + a.code; },
            [](const P::Claimed& a) { return "claimed " + a.answer.code; },
            [](const P::FiguresCame& a) { return "figures of " + a.figures.block; }},
        action);
}

inline std::string printed(const ServerPeer::Action& action) {
    using P = ServerPeer;
    return std::visit(
        Overloaded{
            [](const P::Send& a) { return "send " + printed(a.message); },
            [](const P::Close& a) { return "close: " + a.why; },
            [](const P::Greet&) { return std::string("greet"); },
            [](const P::Ingest& a) { return "ingest " + printed(Message(a.frame)); },
            [](const P::LoadBlocks& a) { return fmt::format("load_blocks {}", a.after); },
            [](const P::LoadRows& a) { return fmt::format("load_rows {}-{}", a.after, a.up_to); },
            [](const P::LoadTable& a) {
                return fmt::format("load_table {} after '{}' up to {}", a.table, a.after, a.up_to);
            },
            [](const P::LoadHash& a) {
                return fmt::format("load_hash {}/{}", a.asked.epoch, a.asked.seq);
            },
            [](const P::Claim& a) { return "claim " + a.claim.hold; },
            [](const P::LoadFigures& a) { return "load figures of " + a.asked.block; }},
        action);
}

template <class Actions>
std::string printed_all(const Actions& actions) {
    std::string line;
    for (const auto& action : actions)
        line += (line.empty() ? "" : ", ") + printed(action);
    return line.empty() ? "nothing" : line;
}

}  // namespace fangxin::sync::testing
