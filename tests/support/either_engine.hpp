// A database of the test's own on one engine or the other, for what has to hold on both. Tests
// only.
#pragma once

#include "domain/check.hpp"
#include "sync/store/postgres_connection.hpp"
#include "tests/support/postgres.hpp"

#include <gtest/gtest.h>
#include <string>

namespace fangxin::tests {

class EitherDatabase {
  public:
    explicit EitherDatabase(sync::Engine engine) : engine_(engine) {
        if (engine == sync::Engine::postgres) url_ = PostgresServer::shared().new_database();
    }

    sync::Database open(sync::Database::Access access = sync::Database::Access::writer) const {
        auto opened = engine_ == sync::Engine::sqlite
                          ? sync::Database::open(folder_ / "a.db", access)
                          : sync::open_postgres(*sync::PostgresAddress::read(url_), access);
        FANGXIN_CHECK(opened.has_value());
        return std::move(*opened);
    }
    const std::string& url() const { return url_; }

  private:
    sync::Engine engine_;
    TempDir folder_;
    std::string url_;
};

inline std::string name_of(const ::testing::TestParamInfo<sync::Engine>& info) {
    return info.param == sync::Engine::sqlite ? "Sqlite" : "Postgres";
}

}  // namespace fangxin::tests
