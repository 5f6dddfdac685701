#include "sync/strict_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cstring>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace fangxin::sync {

namespace {

namespace json = boost::json;

/// Builds the tree on Boost.JSON's value stack and says why it refused.
struct StrictHandler {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    json::value_stack stack;
    std::vector<std::vector<std::string>> keys;  // of each open object
    std::string part;                            // of a string or key that came in pieces
    const char* refused = nullptr;
    Zeros zeros = Zeros::allowed;
    json::storage_ptr memory;

    bool refuse(const char* why, json::error_code& ec) {
        refused = why;
        ec = json::error::syntax;
        return false;
    }

    bool may_hold(const std::string& text) const {
        return zeros == Zeros::allowed || std::memchr(text.data(), 0, text.size()) == nullptr;
    }

    bool on_document_begin(json::error_code&) {
        stack.reset(memory);
        return true;
    }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
        keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t count, json::error_code&) {
        keys.pop_back();
        stack.push_object(count);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t count, json::error_code&) {
        stack.push_array(count);
        return true;
    }
    bool on_key_part(json::string_view text, std::size_t, json::error_code&) {
        part.append(text.data(), text.size());
        return true;
    }
    bool on_key(json::string_view text, std::size_t, json::error_code& ec) {
        part.append(text.data(), text.size());
        if (!may_hold(part)) return refuse("U+0000 in a text", ec);
        if (keys.back().size() == json_member_limit) return refuse("too many members", ec);
        for (const std::string& seen : keys.back()) {
            if (seen == part) return refuse("a key stands twice", ec);
        }
        stack.push_key(part);
        keys.back().push_back(std::move(part));
        part.clear();
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t, json::error_code&) {
        part.append(text.data(), text.size());
        return true;
    }
    bool on_string(json::string_view text, std::size_t, json::error_code& ec) {
        part.append(text.data(), text.size());
        if (!may_hold(part)) return refuse("U+0000 in a text", ec);
        stack.push_string(part);
        part.clear();
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code& ec) {
        if (number >= json_integer_limit || number <= -json_integer_limit) {
            return refuse("an integer of 2^53 or more", ec);
        }
        stack.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code& ec) {
        return refuse("an integer of 2^53 or more", ec);
    }
    bool on_double(double, json::string_view, json::error_code& ec) {
        return refuse("a number that is not an integer", ec);
    }
    bool on_bool(bool value, json::error_code&) {
        stack.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&) {
        stack.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

}  // namespace

Result<json::value> parse_strict(std::string_view text, Zeros zeros,
                                 const json::storage_ptr& memory) {
    json::parse_options options;
    options.max_depth = json_depth_limit;
    json::basic_parser<StrictHandler> parser(options);
    parser.handler().zeros = zeros;
    parser.handler().memory = memory;
    json::error_code ec;
    std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
    if (ec) {
        const char* why = parser.handler().refused;
        return failure("bad_json",
                       fmt::format("{} at byte {}", why ? std::string(why) : ec.message(), used));
    }
    if (std::size_t rest = text.find_first_not_of(" \t\r\n", used);
        rest != std::string_view::npos) {
        return failure("bad_json", fmt::format("something follows the value at byte {}", rest));
    }
    return parser.handler().stack.release();
}

Result<json::object> parse_strict_object(std::string_view text, Zeros zeros,
                                         const json::storage_ptr& memory) {
    auto value = parse_strict(text, zeros, memory);
    if (!value) return tl::unexpected(value.error());
    if (!value->is_object()) return failure("bad_json", "not an object");
    return std::move(value->as_object());
}

}  // namespace fangxin::sync
