#include "sync/messages.hpp"

namespace fangxin::sync {

std::string write_message(const Message& message) {
    return std::visit(
        []<class M>(const M& each) {
            json::object object = to_json(each);
            object.emplace("m", Declaration<M>::name);
            return json::serialize(object);
        },
        message);
}

namespace {

template <class... M>
Result<Message> read_as(const json::object& object, std::string_view name, std::variant<M...>*) {
    std::optional<Result<Message>> message;
    auto try_one = [&]<class Each>(Each*) {
        if (name != Declaration<Each>::name) return false;
        auto decoded = from_json<Each>(object);
        message = decoded ? Result<Message>(std::move(*decoded))
                          : Result<Message>(tl::unexpected(decoded.error()));
        return true;
    };
    (void)(try_one(static_cast<M*>(nullptr)) || ...);
    if (!message) return failure("unknown_message", std::string(name));
    return std::move(*message);
}

}  // namespace

Result<Message> read_message(std::string_view text) {
    auto object = parse_strict_object(text);
    if (!object) return tl::unexpected(object.error());
    const json::value* name = object->if_contains("m");
    if (!name || !name->is_string()) return failure("bad_record", "m");
    // What a terminal says of itself becomes a column; an op's body is judged by itself, and what
    // an older server keeps is read as it is.
    const bool is_kept = name->get_string() == Declaration<Hello>::name ||
                         name->get_string() == Declaration<ClaimHold>::name ||
                         name->get_string() == Declaration<AskFigures>::name ||
                         name->get_string() == Declaration<AskJournal>::name ||
                         name->get_string() == Declaration<AskEntry>::name ||
                         name->get_string() == Declaration<Enrol>::name;
    if (is_kept && text.find(R"(\u0000)") != text.npos) return failure("bad_json", "U+0000");
    return read_as(*object, name->get_string(), static_cast<Message*>(nullptr));
}

}  // namespace fangxin::sync
