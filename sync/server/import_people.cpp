#include "sync/server/import_people.hpp"

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

}  // namespace

Result<std::vector<domain::Person>> people_of(Database& database,
                                              const ImportedTable<PersonRow>& table,
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
            if (pin.empty() || verify_pin(people[i].pin_verifier, pin)) continue;
            people[i].pin_verifier = make_verifier(pin);
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

}  // namespace fangxin::sync
