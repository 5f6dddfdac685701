#include "sync/identity_file.hpp"

#include "sync/store/private_file.hpp"

#include <array>

namespace fangxin::sync {

namespace fs = std::filesystem;

namespace {

fs::path identity_path(const fs::path& directory) { return directory / "identity.pem"; }
fs::path asked_path(const fs::path& directory) { return directory / "asked.key"; }

/// The PEM blocks of a text, each with its lines.
std::vector<std::string> blocks_of(std::string_view text) {
    constexpr std::string_view end = "\n-----END ";
    std::vector<std::string> blocks;
    while (true) {
        const std::size_t last = text.find(end);
        if (last == text.npos) return blocks;
        const std::size_t line = text.find('\n', last + 1);
        const std::size_t size = line == text.npos ? text.size() : line + 1;
        blocks.emplace_back(text.substr(0, size));
        text.remove_prefix(size);
    }
}

Result<Identity> identity_of(Credentials credentials) {
    if (auto pair = check_pair(credentials.key, credentials.certificate); !pair)
        return failure("bad_identity", pair.error().detail);
    auto certificate = certificate_facts(credentials.certificate);
    auto authority = certificate_facts(credentials.authority);
    if (!certificate || !authority) return failure("bad_identity", "a certificate is missing");
    if (!is_issued_by(credentials.certificate, credentials.authority, Purpose::connect))
        return failure("bad_identity", "the certificate is not of this store");
    return Identity{std::move(credentials), *certificate, authority->name};
}

}  // namespace

Result<std::optional<Identity>> load_identity(const fs::path& directory) {
    auto text = read_private_file(identity_path(directory));
    if (!text) return failure("bad_identity", text.error().detail);
    if (!*text) return std::optional<Identity>();
    const auto blocks = blocks_of(**text);
    if (blocks.size() != 3) return failure("bad_identity", "identity.pem is not whole");
    auto identity = identity_of({blocks[0], blocks[1], blocks[2]});
    if (!identity) return tl::unexpected(identity.error());
    return std::optional<Identity>(std::move(*identity));
}

Result<Identity> save_identity(const fs::path& directory, const Credentials& credentials) {
    auto identity = identity_of(credentials);
    if (!identity) return identity;
    auto written =
        write_private_file(identity_path(directory),
                           credentials.key + credentials.certificate + credentials.authority);
    if (!written) return tl::unexpected(written.error());
    forget_asked_key(directory);
    return identity;
}

Result<std::string> key_to_ask_with(const fs::path& directory) {
    auto kept = read_private_file(asked_path(directory));
    if (kept && *kept && make_request(**kept, "terminal")) return **kept;
    std::string key = make_key();
    if (auto written = write_private_file(asked_path(directory), key); !written)
        return tl::unexpected(written.error());
    return key;
}

void forget_asked_key(const fs::path& directory) { remove_private_file(asked_path(directory)); }

}  // namespace fangxin::sync
