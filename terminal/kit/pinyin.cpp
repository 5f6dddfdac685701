#include "terminal/kit/pinyin.hpp"

#include <dlfcn.h>
#include <rime_api.h>
#include <utility>

namespace fangxin::kit {

namespace {

namespace fs = std::filesystem;

constexpr const char* library = "librime.so.1";
constexpr const char* schema = "fangxin_pinyin";

// X11's numbers, as librime takes them.
constexpr int key_backspace = 0xff08;
constexpr int key_page_up = 0xff55;
constexpr int key_page_down = 0xff56;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '\''; }

/// librime's functions, null if it is not installed. It stays loaded: its threads cannot be undone.
RimeApi* engine() {
    static RimeApi* const api = [] {
        void* opened = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
        void* entry = opened == nullptr ? nullptr : ::dlsym(opened, "rime_get_api");
        if (entry == nullptr) return static_cast<RimeApi*>(nullptr);
        RimeApi* functions = reinterpret_cast<RimeApi* (*)()>(entry)();
        RIME_STRUCT(RimeTraits, traits);
        traits.app_name = "rime.fangxin";
        traits.min_log_level = 3;  // fatal only: it would write files to the temporary folder
        functions->setup(&traits);
        return functions;
    }();
    return api;
}

bool engine_in_use = false;  // main loop only, as all of it

}  // namespace

fs::path Pinyin::usual_data_folder() {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    return program.parent_path().parent_path() / "share" / "fangxin" / "pinyin";
}

Pinyin::Pinyin(const Folders& folders) {
    trouble_ = open(folders);
    if (trouble_ && session_ != 0) {
        engine()->destroy_session(session_);
        session_ = 0;
    }
}

std::optional<Error> Pinyin::open(const Folders& folders) {
    if (engine() == nullptr) return Error{"no_engine", library};
    if (engine_in_use) return Error{"in_use", {}};
    std::error_code ignored;
    // librime would only write a missing file down in its log.
    for (const char* name :
         {"fangxin_pinyin.schema.yaml", "fangxin_pinyin.prism.bin", "luna_pinyin.table.bin"}) {
        const auto size = fs::file_size(folders.data / name, ignored);
        if (ignored || size == 0) return Error{"no_dictionary", (folders.data / name).string()};
    }
    fs::create_directories(folders.user, ignored);
    const std::string data = folders.data.string();
    const std::string user = folders.user.string();
    RIME_STRUCT(RimeTraits, traits);
    traits.shared_data_dir = data.c_str();
    traits.prebuilt_data_dir = data.c_str();
    traits.user_data_dir = user.c_str();
    traits.distribution_name = "Fangxin";
    traits.distribution_code_name = "fangxin";
    traits.distribution_version = FANGXIN_VERSION;
    engine()->initialize(&traits);
    engine_in_use = holds_engine_ = true;
    session_ = engine()->create_session();
    if (session_ == 0 || engine()->select_schema(session_, schema) == False) {
        return Error{"no_dictionary", data};
    }
    feed('a');
    const bool knows_something = !view_.candidates.empty();
    reset();
    if (!knows_something) return Error{"no_dictionary", data};
    return std::nullopt;
}

Pinyin::~Pinyin() {
    if (session_ != 0) engine()->destroy_session(session_);
    if (!holds_engine_) return;
    engine()->finalize();
    engine_in_use = false;
}

bool Pinyin::feed(char letter) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (session_ == 0 || !is_letter(letter)) return false;
    if (letter == '\'' && !composing()) return false;
    const char* typed = engine()->get_input(session_);
    if (typed != nullptr && std::string_view(typed).size() >= max_letters) return false;
    const bool taken = engine()->process_key(session_, letter, 0) != False;
    look();
    return taken;
}

bool Pinyin::backspace() {
    if (!composing()) return false;
    engine()->process_key(session_, key_backspace, 0);
    look();
    return true;
}

void Pinyin::next_page() {
    if (!view_.has_next_page) return;
    engine()->process_key(session_, key_page_down, 0);
    look();
}

void Pinyin::previous_page() {
    if (!view_.has_previous_page) return;
    engine()->process_key(session_, key_page_up, 0);
    look();
}

std::string Pinyin::choose(std::size_t candidate) {
    if (candidate >= view_.candidates.size()) return {};
    engine()->select_candidate_on_current_page(session_, candidate);
    std::string finished = take_finished();
    look();
    return finished;
}

std::string Pinyin::finish() {
    if (!composing()) return {};
    if (view_.candidates.empty()) return finish_as_typed();
    engine()->commit_composition(session_);
    std::string finished = take_finished();
    reset();
    return finished;
}

std::string Pinyin::finish_as_typed() {
    if (!composing()) return {};
    const char* typed = engine()->get_input(session_);
    std::string letters = typed == nullptr ? "" : typed;
    reset();
    return letters;
}

void Pinyin::reset() {
    if (session_ != 0) engine()->clear_composition(session_);
    view_ = {};
}

std::string Pinyin::take_finished() {
    RIME_STRUCT(RimeCommit, commit);
    if (engine()->get_commit(session_, &commit) == False) return {};
    std::string text = commit.text == nullptr ? "" : commit.text;
    engine()->free_commit(&commit);
    return text;
}

void Pinyin::look() {
    view_ = {};
    RIME_STRUCT(RimeContext, context);
    if (engine()->get_context(session_, &context) == False) return;
    if (context.composition.preedit != nullptr) view_.spelling = context.composition.preedit;
    const RimeMenu& menu = context.menu;
    for (int i = 0; i < menu.num_candidates; ++i)
        view_.candidates.emplace_back(menu.candidates[i].text);
    view_.has_previous_page = menu.page_no > 0;
    view_.has_next_page = menu.num_candidates > 0 && menu.is_last_page == False;
    engine()->free_context(&context);
}

}  // namespace fangxin::kit
