// What a terminal is known by (SYNC-3), in its folder: `identity.pem` (0600) with its key, its
// certificate and its store's authority, replaced as a whole; and `asked.key` while a certificate
// has been asked for and not come yet. Any thread.
#pragma once

#include "sync/tls.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace fangxin::sync {

struct Identity {
    Credentials credentials;
    CertificateFacts certificate;
    std::string store;  ///< the authority's name, other than any other store's
};

/// Nothing if this terminal was never enrolled. Code `bad_identity`: the file is torn or somebody
/// wrote it by hand.
Result<std::optional<Identity>> load_identity(const std::filesystem::path& directory);
/// Code `bad_identity` if these do not belong together, `cannot_write`.
Result<Identity> save_identity(const std::filesystem::path& directory,
                               const Credentials& credentials);

/// The key for which a certificate is being asked: the one of before, as long as none came, so that
/// an answer that was lost can be asked for again. Code `cannot_write`.
Result<std::string> key_to_ask_with(const std::filesystem::path& directory);
void forget_asked_key(const std::filesystem::path& directory);

}  // namespace fangxin::sync
