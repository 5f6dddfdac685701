// Where a PostgreSQL database is: a connection URL as libpq knows it. Whoever prints or logs it
// takes shown(); the password leaves this object only towards the library. Any thread.
#pragma once

#include "domain/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

class PostgresAddress {
  public:
    /// `postgresql://[user[:password]@][host][:port][/database][?option=value&…]` (PostgreSQL
    /// manual, 34.1.1.2 Connection URIs). Code `bad_arguments`; the detail does not repeat the URL.
    static Result<PostgresAddress> read(std::string_view url);

    /// For the library: with the password, and with what notices a dead line within seconds.
    const std::string& for_library() const { return for_library_; }
    /// For people: without the password.
    const std::string& shown() const { return shown_; }
    /// Text that the library wrote, where it may have quoted the URL.
    std::string without_secrets(std::string text) const;

  private:
    PostgresAddress() = default;
    std::string for_library_;
    std::string shown_;
    std::vector<std::string> secrets_;  ///< as written and as decoded
};

}  // namespace fangxin::sync
