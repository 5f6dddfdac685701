#include "sync/server/op_rows.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

std::string_view bytes_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

const RowShape& op_shape() {
    using enum ColumnKind;
    static const RowShape shape("ops", {{"terminal", text},
                                        {"epoch", integer},
                                        {"seq", integer},
                                        {"kind", text},
                                        {"at", text},
                                        {"person", text},
                                        {"body", raw_text},
                                        {"hash", bytes},
                                        {"status", text},
                                        {"why", text},
                                        {"came", integer}});
    return shape;
}

void take_text(const json::object& from, std::string_view name, std::vector<std::string>& into) {
    const json::value* value = from.if_contains(name);
    if (value && value->is_string() && !value->get_string().empty())
        into.emplace_back(value->get_string());
}

/// A line's item is asked about only where it came with a warning.
void take_line(const json::object& line, OpSubjects& subjects) {
    take_text(line, "batch", subjects.batches);
    const json::value* reasons = line.if_contains("reasons");
    if (reasons && reasons->is_array() && !reasons->get_array().empty())
        take_text(line, "item", subjects.items);
}

}  // namespace

Hash hash_of(const std::string& bytes) {
    Hash hash{};
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

std::optional<Hash> stored_hash(Database& database, std::string_view terminal, const LogState& op) {
    Query query =
        database.query("SELECT hash FROM ops WHERE terminal = $1 AND epoch = $2 AND seq = $3");
    query.bind(terminal).bind(op.epoch).bind(op.last_seq);
    if (!query.step()) return std::nullopt;
    return hash_of(query.text(0));
}

LogEnd log_end(Database& database, std::string_view terminal, std::int64_t epoch) {
    Query query = database.query(
        "SELECT last_seq, head FROM terminal_logs WHERE terminal = $1 AND epoch = $2");
    query.bind(terminal).bind(epoch);
    if (!query.step()) return {};
    return {query.int64(0), hash_of(query.text(1))};
}

void set_log_end(Database& database, std::string_view terminal, std::int64_t epoch,
                 const LogEnd& end) {
    database
        .query(
            "INSERT INTO terminal_logs (terminal,epoch,last_seq,head) VALUES ($1,$2,$3,$4) "
            "ON CONFLICT (terminal, epoch) DO UPDATE SET last_seq = excluded.last_seq, "
            "head = excluded.head")
        .bind(terminal)
        .bind(epoch)
        .bind(end.last_seq)
        .bind_bytes(bytes_of(end.head))
        .run();
}

LogSeal log_seal(Database& database, std::string_view terminal, std::int64_t epoch) {
    Query query = database.query(
        "SELECT signed_seq, signed_by, signature FROM terminal_logs WHERE terminal = $1 AND "
        "epoch = $2");
    query.bind(terminal).bind(epoch);
    if (!query.step()) return {};
    return {query.int64(0), query.text(1), query.text(2)};
}

void set_log_seal(Database& database, std::string_view terminal, std::int64_t epoch,
                  const LogSeal& seal) {
    database
        .query(
            "UPDATE terminal_logs SET signed_seq = $1, signed_by = $2, signature = $3 WHERE "
            "terminal = $4 AND epoch = $5")
        .bind(seal.seq)
        .bind(seal.key)
        .bind(seal.signature)
        .bind(terminal)
        .bind(epoch)
        .run();
}

std::int64_t ops_with_status(Database& database, std::string_view status) {
    Query query =
        database.query("SELECT count(*) FROM ops WHERE status <> 'applied' AND status = $1");
    query.bind(status);
    return query.step() ? query.int64(0) : 0;
}

bool overlap_agrees(Database& database, const std::string& terminal, const OpsFrame& frame,
                    std::int64_t last_seq) {
    const std::int64_t last = frame.first + static_cast<std::int64_t>(frame.bodies.size()) - 1;
    const std::int64_t end = std::min(last, last_seq);
    std::int64_t seq = std::max<std::int64_t>(frame.first - 1, 1);
    Query query = database.query(
        "SELECT seq, hash FROM ops WHERE terminal = $1 AND epoch = $2 AND seq >= $3 AND seq <= $4 "
        "ORDER BY seq");
    query.bind(terminal).bind(frame.epoch).bind(seq).bind(end);
    Hash hash{};
    for (; seq <= end; ++seq) {
        if (!query.step() || query.int64(0) != seq) return false;
        const Hash stored = hash_of(query.text(1));
        if (seq < frame.first) {
            hash = stored;
            continue;
        }
        hash = chain(hash, frame.bodies[static_cast<std::size_t>(seq - frame.first)]);
        if (hash != stored) return false;
    }
    return true;
}

ReadOps read_ops(const OpsFrame& frame) {
    ReadOps read;
    read.reserve(frame.bodies.size());
    for (const std::string& body : frame.bodies)
        read.push_back(read_envelope(body));
    return read;
}

std::vector<FreshOp> fresh_ops(const OpsFrame& frame, LogEnd& end, ReadOps read) {
    if (read.size() != frame.bodies.size()) read = read_ops(frame);
    std::vector<FreshOp> fresh;
    fresh.reserve(read.size());
    for (std::size_t i = 0; i < frame.bodies.size(); ++i) {
        LogState number{frame.epoch, frame.first + static_cast<std::int64_t>(i)};
        if (number.last_seq <= end.last_seq) continue;
        end = {number.last_seq, chain(end.head, frame.bodies[i])};
        fresh.push_back({number, frame.bodies[i], end.head, std::move(read[i])});
    }
    return fresh;
}

OpRows::OpRows(Database& database)
    : rows_(database, op_shape()), came_(take_number(database, "came")) {}

void OpRows::keep(std::string_view terminal, const FreshOp& op, const Judged& judged) {
    rows_.bind(terminal).bind(op.number.epoch).bind(op.number.last_seq);
    rows_.bind(judged.kind).bind(judged.at).bind(judged.person).bind_raw_text(op.body);
    rows_.bind_bytes(bytes_of(op.hash));
    rows_.bind(judged.status).bind(judged.why).bind(came_);
    rows_.end_row();
}

OpSubjects subjects_of(std::span<const FreshOp> ops) {
    OpSubjects subjects;
    for (const FreshOp& fresh : ops) {
        if (!fresh.op) continue;
        const json::object& data = fresh.op->data;
        take_text(data, "batch", subjects.batches);
        take_text(data, "item", subjects.items);
        const json::value* lines = data.if_contains("lines");
        if (!lines || !lines->is_array()) continue;
        for (const json::value& line : lines->get_array()) {
            if (line.is_object()) take_line(line.get_object(), subjects);
        }
    }
    return subjects;
}

}  // namespace fangxin::sync
