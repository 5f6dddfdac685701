// By which key a log's writer signs where it ends (REPT-2): Ed25519 (RFC 8032), made on the machine
// that writes the log, so that nobody who can change the server's database can make up what a
// terminal wrote. Any thread.
#pragma once

#include "domain/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// Where a log ends. Signed are the lines `fangxin log 1`, terminal, epoch, seq and head, each with
/// a line feed behind it.
struct SignedEnd {
    std::string_view terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string_view head;  ///< hash of the op `seq`, 64 hex digits
};

class LogKey {
  public:
    /// 32 bytes, kept secret by whoever has them.
    explicit LogKey(std::string_view seed);
    /// Of `log.key` in this folder, made where there is none. Codes `cannot_write`, `cannot_open`,
    /// `bad_key` (the file is no key).
    static Result<LogKey> open(const std::filesystem::path& directory);

    /// The public key, 64 hex digits.
    const std::string& name() const { return name_; }
    /// 128 hex digits.
    std::string sign(const SignedEnd& end) const;

  private:
    std::array<unsigned char, 64> secret_{};
    std::string name_;
};

/// Whether the key of this name signed it.
bool is_signed_by(std::string_view name, const SignedEnd& end, std::string_view signature);

}  // namespace fangxin::sync
