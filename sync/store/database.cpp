#include "sync/store/database.hpp"

#include "domain/check.hpp"

namespace fangxin::sync {

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Query Database::query(std::string_view sql) {
    return {connection_.get(), connection_->statement(sql)};
}

void Database::execute(std::string_view sql) { connection_->execute(sql); }

void Database::define(std::string_view ddl) { connection_->execute(connection_->ddl(ddl)); }

Result<void> Database::transaction(const std::function<Result<void>()>& work) {
    FANGXIN_CHECK(!connection_->error);
    connection_->begin_writing();
    if (auto error = take_error()) return tl::unexpected(within(*error, "beginning"));
    ++connection_->units_of_work;
    const std::int64_t session = connection_->session();
    if (begin_session_ && session != begun_session_) begin_session_(*this);
    Result<void> done = work();
    --connection_->units_of_work;
    if (done && !connection_->error) connection_->commit();
    auto error = take_error();
    if (done && !error) {
        begun_session_ = session;
        return {};
    }
    connection_->roll_back();
    if (error) return tl::unexpected(*error);
    return done;
}

void Database::on_new_session(std::function<void(Database&)> begin) {
    begin_session_ = std::move(begin);
    begun_session_ = connection_->session();
}

Result<void> Database::attempt(const std::function<Result<void>()>& work) {
    FANGXIN_CHECK(connection_->units_of_work > 0 && !connection_->error);
    connection_->execute("SAVEPOINT attempt");
    Result<void> done = work();
    if (done && connection_->error) done = tl::unexpected(*connection_->error);
    if (!done) connection_->roll_back_to_savepoint();
    connection_->execute("RELEASE attempt");
    return done;
}

bool Database::begin_reading() {
    bool outermost = connection_->units_of_work++ == 0;
    if (outermost) connection_->begin_reading();
    return outermost;
}

/// Ends the outermost after an error too; the first error counts.
std::optional<Error> Database::end_reading(bool outermost) {
    --connection_->units_of_work;
    if (!outermost) return connection_->error;
    if (!connection_->error) connection_->commit();
    auto error = take_error();
    if (error) connection_->roll_back();
    return error;
}

std::optional<Error> Database::take_error() {
    std::optional<Error> taken;
    taken.swap(connection_->error);
    return taken;
}

std::string Database::is_one_of(std::string_view column, int place) const {
    return connection_->is_one_of(column, place);
}
bool Database::has_column(std::string_view table, std::string_view column) {
    return connection_->has_column(table, column);
}
std::string Database::member_of_extra(std::string_view member, ColumnKind kind) const {
    return connection_->member_of_extra(member, kind);
}

int Database::busy_statements() const { return connection_->busy_statements(); }
Result<void> Database::copy_to(const std::filesystem::path& file,
                               const std::function<void()>& between) {
    connection_->copy_to(file.string(), between);
    if (auto error = take_error()) return tl::unexpected(within(*error, "copying"));
    return {};
}

std::string Database::quick_check() { return connection_->quick_check(); }
void Database::checkpoint() { connection_->checkpoint(); }
std::int64_t Database::log_pages() const { return connection_->log_pages(); }
void Database::limit_pages(std::int64_t pages) { connection_->limit_pages(pages); }

}  // namespace fangxin::sync
