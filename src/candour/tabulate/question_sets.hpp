#pragma once
// Which questions count a record, and the tables of counts that fill the outer ones: what both tabulators share.

#include <candour/tabulate/tabulate.hpp>
#include <candour/truth/population.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace candour::tabulate {

/// Finds the membership of a record that the questions of a mask count: those fed by tallies around them are added, and those that have no figures in its
/// period. Nothing: the mask is no membership of the space.
[[nodiscard]] std::optional<table::MembershipIndex> membership_of_record(const table::AtomSpace& space, std::uint32_t questions,
                                                                         const std::set<table::QuestionIndex>& counted,
                                                                         const std::vector<table::LeafIndex>& leaves);
[[nodiscard]] base::Error not_nested(const std::string& file, std::uint64_t line);

/// Sets the atoms of each counted question outside the questions inside it to its count less theirs, inner questions first. Adds the records so made, which
/// have no person, to `without_person`. Gives the quality of each feed, in the order of `counts`. Errors as tabulate().
[[nodiscard]] base::Result<std::vector<FeedQuality>> add_count_feeds(const std::vector<CountFeed>& counts, truth::Population& population,
                                                                     std::uint64_t& without_person);

/// Who is known, when some feeds have a person column, or none, and so many records have no person.
[[nodiscard]] truth::PeopleKnown people_known(const std::vector<RecordFeed>& records, const std::vector<CountFeed>& counts, std::uint64_t without_person);

}  // namespace candour::tabulate
