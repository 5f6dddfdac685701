#include "sync/store/postgres_connection.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <deque>
#include <fmt/format.h>
#include <memory>
#include <pqxx/pqxx>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fangxin::sync {

namespace {

constexpr std::chrono::steady_clock::duration between_connects_most = std::chrono::seconds(1);

constexpr unsigned bytea_type = 17;  // pg_type.dat

/// Made up; taken, for its schema, by whoever makes the tables while there is no counter to be
/// locked yet.
constexpr std::int32_t first_lock = 7'215'001;

/// SQLSTATE (PostgreSQL manual, appendix A) as our codes. Empty: the library met it by itself.
std::string_view code_of_state(std::string_view state) {
    if (state == "53100") return "disk_full";
    if (state == "55P03" || state == "57014" || state.starts_with("40")) return "busy";
    if (state.starts_with("08") || state.starts_with("28") || state.starts_with("57P") ||
        state == "3D000" || state == "53300" || state == "25P03") {
        return "cannot_open";
    }
    if (state == "XX001" || state == "XX002") return "damaged";
    if (state.starts_with("22") || state.starts_with("54")) return "cannot_store";
    return "database";
}

void append_array_text(std::string& array, std::string_view text) {
    array += '"';
    for (char c : text) {
        if (c == '"' || c == '\\') array += '\\';
        array += c;
    }
    array += '"';
}

int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/// `\x4c31…`, as bytea_output=hex writes it.
std::string bytes_of(std::string_view hex) {
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 2; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<char>(hex_digit(hex[i]) * 16 + hex_digit(hex[i + 1])));
    return bytes;
}

std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex = "\\x";
    hex.reserve(bytes.size() * 2 + 2);
    for (unsigned char each : bytes) {
        hex += digits[each >> 4];
        hex += digits[each & 15];
    }
    return hex;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

class PostgresConnection;

/// Its whole answer is fetched when it is stepped for the first time.
class PostgresStatement final : public Statement {
  public:
    PostgresStatement(PostgresConnection& connection, std::string name, std::string sql)
        : connection_(connection), name_(std::move(name)), sql_(std::move(sql)) {}

    void bind(int place, std::int64_t value) override { put(place, std::to_string(value)); }
    void bind_text(int place, std::string_view value) override;
    void bind_raw_text(int place, std::string_view value) override { bind_bytes(place, value); }
    void bind_bytes(int place, std::string_view value) override { put(place, hex_of(value)); }
    void bind_null(int place) override { put(place, std::nullopt); }
    void bind_list(int place, std::span<const std::string> values) override;

    bool step() override;
    std::int64_t int64(int column) const override;
    std::string text(int column) const override;
    bool is_null(int column) const override { return field(column).is_null(); }
    void again() override {
        values_.clear();
        result_ = {};
        next_ = 0;
        ran_ = false;
    }
    void release() override {
        again();
        held = false;
    }

    bool held = false;

  private:
    void put(int place, std::optional<std::string> value) {
        values_.resize(std::max(values_.size(), static_cast<std::size_t>(place)));
        values_[static_cast<std::size_t>(place) - 1] = std::move(value);
    }
    pqxx::field field(int column) const {
        return result_[next_ - 1][static_cast<pqxx::row::size_type>(column)];
    }

    PostgresConnection& connection_;
    std::string name_;
    std::string sql_;
    std::int64_t prepared_on_ = 0;  ///< the number of the session that knows it
    std::vector<std::optional<std::string>> values_;
    pqxx::result result_;
    pqxx::result::size_type next_ = 0;
    bool ran_ = false;
};

class PostgresConnection final : public Connection {
  public:
    PostgresConnection(PostgresAddress address, Database::Access access)
        : address_(std::move(address)), access_(access) {}

    /// False: `error` says why.
    bool connect();

    Engine engine() const override { return Engine::postgres; }
    Statement* statement(std::string_view sql) override;
    void execute(std::string_view sql) override;
    void begin_writing() override;
    void begin_reading() override { begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    void commit() override;
    void roll_back() override;
    void roll_back_to_savepoint() override;
    int busy_statements() const override { return 0; }  // answers are whole when they are read
    std::int64_t session() const override { return session_number_; }

    std::string ddl(std::string_view sql) const override;
    std::string is_one_of(std::string_view column, int place) const override {
        return fmt::format("{} = ANY(${}::text[])", column, place);
    }
    bool has_column(std::string_view table, std::string_view column) override;
    std::string member_of_extra(std::string_view member, ColumnKind kind) const override;
    void tell(std::string_view news) override;

    /// Of a statement with `prepared_on`, which is then the session's number.
    std::optional<pqxx::result> run(const std::string& name, const std::string& sql,
                                    const std::vector<std::optional<std::string>>& values,
                                    std::int64_t& prepared_on);
    void refuse(std::string why) override {
        Connection::refuse(std::move(why));
        failed_ = in_transaction_;
    }

  private:
    bool is_open() const { return session_ && connection_->is_open(); }
    /// Before anything is asked: inside a transaction a connection is never made again.
    bool usable();
    void begin(const char* how);
    void lock_counter();
    void fail(const std::exception& exception);
    bool answers_yes(const std::string& sql);

    PostgresAddress address_;
    Database::Access access_;
    std::unique_ptr<pqxx::connection> connection_;
    std::unique_ptr<pqxx::nontransaction> session_;  // of connection_, and closed before it
    std::int64_t session_number_ = 0;
    std::chrono::steady_clock::time_point connect_not_before_{};
    std::unordered_map<std::string, std::deque<PostgresStatement>> prepared_;
    std::int64_t statements_ = 0;
    bool in_transaction_ = false;
    bool failed_ = false;  ///< this transaction: the server would answer COMMIT with a rollback
    bool knows_counter_ = false;
};

void PostgresStatement::bind_text(int place, std::string_view value) {
    if (value.find('\0') != value.npos) connection_.refuse("U+0000 in a text");
    put(place, std::string(value));
}

void PostgresStatement::bind_list(int place, std::span<const std::string> values) {
    std::string array = "{";
    for (const std::string& value : values) {
        if (value.find('\0') != value.npos) return connection_.refuse("U+0000 in a text");
        if (array.size() > 1) array += ',';
        append_array_text(array, value);
    }
    put(place, array + "}");
}

bool PostgresStatement::step() {
    if (!ran_) {
        ran_ = true;
        auto result = connection_.run(name_, sql_, values_, prepared_on_);
        if (!result) return false;
        result_ = std::move(*result);
    }
    if (next_ >= result_.size()) return false;
    ++next_;
    return true;
}

std::int64_t PostgresStatement::int64(int column) const {
    const pqxx::field value = field(column);
    std::int64_t number = 0;
    std::from_chars(value.c_str(), value.c_str() + value.size(), number);
    return number;
}

std::string PostgresStatement::text(int column) const {
    const pqxx::field value = field(column);
    const std::string_view text(value.c_str(), value.size());
    return value.type() == bytea_type ? bytes_of(text) : std::string(text);
}

bool PostgresConnection::connect() {
    // Of a database that does not answer one hears late: work that waits behind this one is not to
    // wait as long for itself. One that says no at once is asked again at once.
    const auto now = std::chrono::steady_clock::now();
    if (now < connect_not_before_) {
        error = Error{"cannot_open", "the database does not answer"};
        return false;
    }
    session_.reset();
    connection_.reset();
    in_transaction_ = failed_ = knows_counter_ = false;
    try {
        connection_ = std::make_unique<pqxx::connection>(address_.for_library());
        session_ = std::make_unique<pqxx::nontransaction>(*connection_);
        ++session_number_;
        // A stronger synchronous_commit (to a standby) stays. A process that hangs with the counter
        // in its hand is put out, so that the others go on; a reader stands between terminals and
        // their server, and waits for no lock.
        session_->exec(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') = 'off'");
        session_->exec(
            "SET client_min_messages = warning; SET bytea_output = hex; SET lock_timeout = '5s'; "
            "SET client_encoding = 'UTF8'; SET idle_in_transaction_session_timeout = '10s'");
        if (access_ == Database::Access::reader)
            session_->exec("SET default_transaction_read_only = on");
        if (answers_yes("SELECT current_setting('server_encoding') <> 'UTF8'")) {
            error = Error{"cannot_open", "the database is not in UTF8"};
        }
    } catch (const std::exception& exception) {
        fail(exception);
    }
    if (!error) return true;
    const auto ended = std::chrono::steady_clock::now();
    connect_not_before_ = ended + std::min(between_connects_most, ended - now);
    session_.reset();
    connection_.reset();
    return false;
}

bool PostgresConnection::answers_yes(const std::string& sql) {
    const pqxx::result answer = session_->exec(sql);
    return !answer.empty() && std::string_view(answer[0][0].c_str()) == "t";
}

void PostgresConnection::fail(const std::exception& exception) {
    failed_ = in_transaction_;
    if (error) return;
    std::string_view code = "database";
    if (const auto* told = dynamic_cast<const pqxx::sql_error*>(&exception)) {
        code = code_of_state(told->sqlstate());
    }
    if (dynamic_cast<const pqxx::transaction_rollback*>(&exception)) code = "busy";
    if (!is_open() || dynamic_cast<const pqxx::broken_connection*>(&exception)) {
        code = "cannot_open";
    }
    error = Error{std::string(code), address_.without_secrets(exception.what())};
}

bool PostgresConnection::usable() {
    if (error) return false;
    if (is_open()) return true;
    if (!in_transaction_) return connect();
    failed_ = true;
    error = Error{"cannot_open", "the connection to the database was lost"};
    return false;
}

Statement* PostgresConnection::statement(std::string_view sql) {
    if (error) return nullptr;
    auto& same = prepared_[std::string(sql)];
    for (PostgresStatement& each : same) {
        if (each.held) continue;
        each.held = true;
        return &each;
    }
    PostgresStatement& made =
        same.emplace_back(*this, fmt::format("fangxin_{}", ++statements_), std::string(sql));
    made.held = true;
    return &made;
}

std::optional<pqxx::result> PostgresConnection::run(
    const std::string& name, const std::string& sql,
    const std::vector<std::optional<std::string>>& values, std::int64_t& prepared_on) {
    if (!usable()) return std::nullopt;
    std::vector<const char*> texts;
    for (const auto& value : values)
        texts.push_back(value ? value->c_str() : nullptr);
    try {
        if (prepared_on != session_number_) connection_->prepare(name, sql);
        prepared_on = session_number_;
        return session_->exec_prepared(name, pqxx::prepare::make_dynamic_params(texts));
    } catch (const std::exception& exception) {
        fail(exception);
        return std::nullopt;
    }
}

void PostgresConnection::execute(std::string_view sql) {
    if (!usable()) return;
    try {
        session_->exec(std::string(sql));
    } catch (const std::exception& exception) {
        fail(exception);
    }
}

/// Of a connection that died while nobody used it one hears only now; nothing was done on it.
void PostgresConnection::begin(const char* how) {
    if (in_transaction_) {  // the server would only warn, and end both at the first COMMIT
        error = Error{"database", "a transaction in another"};
        return;
    }
    const bool was_open = is_open();
    execute(how);
    if (was_open && error && error->code == "cannot_open" && !is_open()) {
        error.reset();
        if (connect()) execute(how);
    }
    in_transaction_ = !error;
    failed_ = false;
}

void PostgresConnection::begin_writing() {
    const bool nested = in_transaction_;
    begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    if (error || nested) return;
    lock_counter();
    if (!error) return;
    const Error told = *error;
    roll_back();
    error = told;
}

void PostgresConnection::lock_counter() {
    try {
        if (!knows_counter_) {
            session_->exec(fmt::format(
                "SELECT pg_advisory_xact_lock({}, hashtext(current_schema()))", first_lock));
            knows_counter_ = answers_yes("SELECT to_regclass('meta') IS NOT NULL");
        }
        if (knows_counter_) session_->exec("SELECT value FROM meta WHERE key = 'ver' FOR UPDATE");
    } catch (const std::exception& exception) {
        fail(exception);
    }
}

void PostgresConnection::commit() {
    if (error) return;
    if (failed_) {
        error = Error{"database", "a statement of this transaction failed"};
        return;
    }
    execute("COMMIT");
    if (!error) in_transaction_ = false;
}

void PostgresConnection::roll_back() {
    error.reset();
    if (in_transaction_ && is_open()) {
        try {
            session_->exec("ROLLBACK");
        } catch (const std::exception&) {
            session_.reset();  // closing rolls back as well
            connection_.reset();
        }
    }
    in_transaction_ = failed_ = false;
}

void PostgresConnection::roll_back_to_savepoint() {
    error.reset();
    execute("ROLLBACK TO attempt");
    if (!error) failed_ = false;
}

/// In our DDL TEXT is compared by its bytes, as SQLite does.
std::string PostgresConnection::ddl(std::string_view sql) const {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{{
        {" STRICT, WITHOUT ROWID", ""},
        {" STRICT", ""},
        {"RAW_TEXT", "BYTEA"},
        {" TEXT", " TEXT COLLATE \"C\""},
        {" INTEGER", " BIGINT"},
        {" BLOB", " BYTEA"},
    }};
    std::string own(sql);
    for (const auto& [what, by] : words)
        own = replaced(std::move(own), what, by);
    return own;
}

bool PostgresConnection::has_column(std::string_view table, std::string_view column) {
    Statement* asked = statement(
        "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = $2 "
        "AND NOT attisdropped");
    if (!asked) return false;
    asked->bind_text(1, table);
    asked->bind_text(2, column);
    const bool has = asked->step();
    asked->release();
    return has;
}

/// A cast of what is no JSON would be an error, so nothing is cast before it was looked at.
std::string PostgresConnection::member_of_extra(std::string_view member, ColumnKind kind) const {
    const std::string value = fmt::format("extra::jsonb ->> '{}'", member);
    return fmt::format(
               "CASE WHEN extra = '' THEN NULL ELSE CASE jsonb_typeof(extra::jsonb -> '{}') ",
               member) +
           (kind == ColumnKind::integer
                ? fmt::format("WHEN 'number' THEN ({0})::bigint WHEN 'boolean' THEN "
                              "(({0})::boolean)::int::bigint END END",
                              value)
                : fmt::format("WHEN 'string' THEN {} END END", value));
}

void PostgresConnection::tell(std::string_view news) {
    Statement* told = statement(fmt::format("SELECT pg_notify({}, $1)", postgres_channel));
    if (!told) return;
    told->bind_text(1, news);
    told->step();
    told->release();
}

}  // namespace

Result<Database> open_postgres(const PostgresAddress& address, Database::Access access) {
    auto connection = std::make_unique<PostgresConnection>(address, access);
    if (!connection->connect()) {
        return tl::unexpected(within(*connection->error, "opening " + address.shown()));
    }
    return Database(std::move(connection));
}

bool has_book(Database& database) { return database.has_column("meta", "value"); }

}  // namespace fangxin::sync
