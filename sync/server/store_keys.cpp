#include "sync/server/store_keys.hpp"

#include "sync/certificates.hpp"
#include "sync/server/authority.hpp"
#include "sync/server/book_copy.hpp"
#include "sync/store/private_file.hpp"

namespace fangxin::sync {

Result<StoreKeys> keys_of_store(std::string_view ca_key) {
    auto secret = secret_of_key(ca_key);
    if (!secret) return tl::unexpected(secret.error());
    return StoreKeys{StoreKey{derived_key(*secret, "shared")}, LogKey(derived_key(*secret, "log")),
                     derived_key(*secret, "vault")};
}

Result<StoreKeys> open_store_keys(const std::filesystem::path& directory, Database& writer) {
    if (auto made = make_private_folder(directory); !made) return tl::unexpected(made.error());
    auto authority = open_authority(directory, writer);
    if (!authority) return tl::unexpected(authority.error());
    return keys_of_store(authority->key);
}

Result<StoreKeys> read_store_keys(const std::filesystem::path& directory) {
    auto key = read_private_file(directory / authority_key);
    if (!key) return tl::unexpected(key.error());
    if (!*key) return failure("no_ca_key", (directory / authority_key).string());
    return keys_of_store(**key);
}

}  // namespace fangxin::sync
