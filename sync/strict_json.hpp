// JSON as our wire, op bodies and headless lines allow it: integers below 2^53, no duplicate keys,
// depth at most 16, valid UTF-8. Boost.JSON's own tree parser keeps the last of duplicate keys and
// turns `1.0` and `1e2` into doubles, so a SAX handler refuses them before the tree is built.
// Any thread.
#pragma once

#include "domain/result.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string_view>

namespace fangxin::sync {

inline constexpr std::size_t json_depth_limit = 16;
inline constexpr std::size_t json_member_limit = 256;  // keeps the search for duplicates cheap
inline constexpr std::int64_t json_integer_limit = std::int64_t{1} << 53;

/// Whether a text may hold U+0000, which not every database takes.
enum class Zeros { allowed, refused };

/// Refuses with code `bad_json`; the detail says what and at which byte. The tree lies in `memory`.
Result<boost::json::value> parse_strict(std::string_view text, Zeros zeros = Zeros::allowed,
                                        const boost::json::storage_ptr& memory = {});

/// The same, and the top must be an object.
Result<boost::json::object> parse_strict_object(std::string_view text, Zeros zeros = Zeros::allowed,
                                                const boost::json::storage_ptr& memory = {});

}  // namespace fangxin::sync
