#include "sync/store/postgres_address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace fangxin::sync {

namespace {

/// Behind a router that forgot the line nothing would come back: without these a statement waits
/// for a quarter of an hour. What the URL says itself stays.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> settings{{
    {"connect_timeout", "5"},
    {"keepalives_idle", "2"},
    {"keepalives_interval", "1"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "5000"},
    {"application_name", "fangxin-server"},
    // Of several hosts the one that takes writes: a standby does not have every row yet.
    {"target_session_attrs", "read-write"},
}};
constexpr std::array<std::string_view, 2> secret_options{"password", "sslpassword"};

/// `%2F` and the like; what is not such a code stays as it is.
std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int code = 0;
        const char* end = text.data() + i + 3;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, end, code, 16).ptr == end) {
            plain.push_back(static_cast<char>(code));
            i += 2;
        } else {
            plain.push_back(text[i]);
        }
    }
    return plain;
}

struct Parts {
    std::string_view scheme;   // with ://
    std::string_view user;     // without the password
    std::string_view secret;   // of the user
    std::string_view place;    // host, port and database, with the @ in front
    std::string_view options;  // without the ?
};

Parts parts_of(std::string_view url, std::size_t scheme) {
    Parts parts{.scheme = url.substr(0, scheme)};
    url.remove_prefix(scheme);
    const std::size_t question = std::min(url.find('?'), url.size());
    if (question < url.size()) parts.options = url.substr(question + 1);
    url = url.substr(0, question);
    // A password may hold an @ that somebody forgot to encode: the last one counts.
    const std::size_t at = url.substr(0, url.find('/', url.rfind('@') + 1)).rfind('@');
    if (at == url.npos) {
        parts.place = url;
        return parts;
    }
    parts.user = url.substr(0, at);
    parts.place = url.substr(at);
    if (const std::size_t colon = parts.user.find(':'); colon != url.npos) {
        parts.secret = parts.user.substr(colon + 1);
        parts.user = parts.user.substr(0, colon);
    }
    return parts;
}

template <class Use>
void for_options(std::string_view options, Use use) {
    while (!options.empty()) {
        const std::size_t end = std::min(options.find('&'), options.size());
        const std::string_view one = options.substr(0, end);
        const std::size_t equals = std::min(one.find('='), one.size());
        use(one, one.substr(0, equals), one.substr(std::min(equals + 1, one.size())));
        options.remove_prefix(std::min(end + 1, options.size()));
    }
}

}  // namespace

Result<PostgresAddress> PostgresAddress::read(std::string_view url) {
    std::size_t scheme = 0;
    for (std::string_view known : {"postgresql://", "postgres://"}) {
        if (url.starts_with(known)) scheme = known.size();
    }
    if (scheme == 0) return failure("bad_arguments", "a database is postgresql://…");
    const bool prints = std::ranges::all_of(url, [](char c) { return c > ' ' && c != 0x7f; });
    if (!prints) return failure("bad_arguments", "a database's URL has a letter to be encoded");
    const Parts parts = parts_of(url, scheme);
    PostgresAddress address;
    const auto keep_secret = [&](std::string_view secret) {
        for (std::string each : {std::string(secret), decoded(secret)}) {
            if (!each.empty()) address.secrets_.push_back(std::move(each));
        }
    };
    keep_secret(parts.secret);
    address.for_library_ = url;
    address.shown_ = std::string(parts.scheme) + std::string(parts.user) + std::string(parts.place);
    std::vector<std::string> given;
    char separator = '?';
    for_options(parts.options,
                [&](std::string_view whole, std::string_view name, std::string_view value) {
                    given.emplace_back(name);
                    if (std::ranges::find(secret_options, name) != secret_options.end())
                        return keep_secret(value);
                    address.shown_ += std::exchange(separator, '&');
                    address.shown_ += whole;
                });
    separator = url.find('?') == url.npos ? '?' : '&';
    for (const auto& [name, value] : settings) {
        if (std::ranges::find(given, name) != given.end()) continue;
        address.for_library_ += std::exchange(separator, '&');
        address.for_library_ += std::string(name) + "=" + std::string(value);
    }
    return address;
}

std::string PostgresAddress::without_secrets(std::string text) const {
    for (const std::string& secret : secrets_) {
        for (std::size_t at = text.find(secret); at != text.npos; at = text.find(secret, at + 3))
            text.replace(at, secret.size(), "***");
    }
    std::ranges::replace(text, '\n', ' ');
    while (text.ends_with(' '))
        text.pop_back();
    return text;
}

}  // namespace fangxin::sync
