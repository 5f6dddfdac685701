#include "terminal/station/preferences.hpp"

#include "sync/json_text.hpp"
#include "sync/store/meta.hpp"
#include "terminal/station/station_log.hpp"

#include <algorithm>

namespace fangxin::sync {

template <>
struct Declaration<terminal::Preferences> {
    using R = terminal::Preferences;
    static constexpr std::string_view name = "preferences";
    static constexpr auto fields =
        std::tuple{field("language", &R::language),     field("dark", &R::dark),
                   field("large_text", &R::large_text), field("key_caps", &R::key_caps),
                   field("volume", &R::volume),         field("lately", &R::lately)};
};

}  // namespace fangxin::sync

namespace fangxin::terminal {

namespace {
constexpr std::string_view key = "preferences";
}  // namespace

Preferences load_preferences(sync::Database& reader, const Preferences& otherwise) {
    auto object = sync::parse_strict_object(sync::meta(reader, key));
    if (!object) return otherwise;
    auto saved = sync::from_json<Preferences>(*object);
    if (!saved) return otherwise;
    saved->volume = std::clamp<std::int64_t>(saved->volume, 0, 100);
    return *saved;
}

void save_preferences(sync::StoreThread& store, const Preferences& preferences) {
    store.submit(sync::Priority::bulk,
                 [text = sync::json_text(preferences)](sync::Database& database) {
                     auto done = database.transaction([&]() -> Result<void> {
                         sync::set_meta(database, key, text);
                         return {};
                     });
                     if (!done) station_log("preferences", done.error().detail);
                 });
}

}  // namespace fangxin::terminal
