#include "sync/server/import_people.hpp"

#include "domain/masked_text.hpp"
#include "sync/pin.hpp"
#include "sync/store/row_table.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace fangxin::sync {

namespace {

domain::Person person_of(const PersonRow& row, const ImportedTable<PersonRow>& table,
                         const std::optional<domain::Person>& stored) {
    domain::Person person = stored.value_or(domain::Person{});
    person.number = row.number;
    person.name = row.name;
    person.role = row.role;
    if (table.present[4]) person.health_until = row.health_until;
    if (table.present[5]) person.training_until = row.training_until;
    return person;
}

/// Sealed anew where the number is another, and once a month, since old keys are forgotten: two
/// sealings of one differ.
void keep_phone(domain::Member& member, const std::string& phone, const ImportKeys& keys) {
    if (keys.store.empty() || !keys.seal) {
        member.phone = phone;
        member.phone_tag.clear();
        member.phone_sealed.clear();
        return;
    }
    const std::string tag = phone_tag(keys.store, phone);
    member.phone = domain::masked_contact(phone);
    const bool is_of_now = phone.empty() ? member.phone_sealed.empty()
                                         : month_of_sealed(member.phone_sealed) == keys.seal->month;
    if (tag == member.phone_tag && is_of_now) return;
    member.phone_tag = tag;
    member.phone_sealed = phone.empty() ? std::string() : seal(*keys.seal, phone);
}

domain::Member member_of(const MemberRow& row, const ImportedTable<MemberRow>& table,
                         domain::Member member, const ImportKeys& keys) {
    member.number = row.number;
    if (table.present[1]) keep_phone(member, row.phone, keys);
    if (table.present[2]) member.name = row.name;
    if (table.present[3]) member.points = row.points;
    return member;
}

}  // namespace

Result<std::vector<domain::Person>> people_of(Database& database,
                                              const ImportedTable<PersonRow>& table,
                                              const StoreKey& key,
                                              const std::function<void()>& let_pass) {
    auto read = database.reading<std::vector<domain::Person>>([&] {
        std::vector<domain::Person> stored;
        for (const PersonRow& row : table.rows) {
            stored.push_back(person_of(row, table, find_row<domain::Person>(database, row.number)));
        }
        return stored;
    });
    if (!read) return read;
    std::vector<domain::Person>& people = *read;
    // 60 ms and 64 MiB for each PIN: every processor takes the next one. This thread is the
    // writer's, and takes none where somebody may be waiting for it.
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> done = 0;
    auto work = [&] {
        for (std::size_t i = next++; i < people.size(); i = next++, ++done) {
            const std::string& pin = table.rows[i].pin;
            const std::string& stored = people[i].pin_verifier;
            const bool is_as_now = is_keyed(stored) == !key.empty();
            if (pin.empty() || (is_as_now && verify_pin(stored, pin, key))) continue;
            people[i].pin_verifier = make_verifier(pin, key);
        }
    };
    std::size_t processors = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
    std::vector<std::thread> others;
    for (std::size_t i = 0; i < std::min(processors, people.size()); ++i)
        others.emplace_back(work);
    while (let_pass && done < people.size()) {
        let_pass();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (std::thread& other : others)
        other.join();
    return read;
}

Result<std::vector<domain::Member>> members_of(Database& database,
                                               const ImportedTable<MemberRow>& table,
                                               const ImportKeys& keys) {
    return database.reading<std::vector<domain::Member>>([&] {
        std::vector<domain::Member> members;
        for (const MemberRow& row : table.rows) {
            const auto stored = find_row<domain::Member>(database, row.number);
            members.push_back(member_of(row, table, stored.value_or(domain::Member{}), keys));
        }
        return members;
    });
}

}  // namespace fangxin::sync
