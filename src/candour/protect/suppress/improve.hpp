#pragma once
// Inside suppression: from a first complete pattern to a better one.

#include <candour/protect/suppress/witness_book.hpp>

#include <functional>

namespace candour::protect {

/// Finds and stores a witness for a need; may hide more cells if spending allows it, and lists them.
using Satisfy = std::function<bool(std::uint32_t need, Spending spending, std::vector<table::SystemCell>& newly_hidden)>;

/// Tries to give back every secondary cell, dearest first: its users must find other witnesses among the cells already hidden.
/// Cells with more than `most_users` users are left alone: they are hardly ever given back and cost the most time.
void clean_up(WitnessBook& book, const Satisfy& satisfy, std::size_t most_users);

/// Ruin and recreate: gives back a few neighbouring secondary cells, finds new witnesses for their users, keeps what loses less.
/// Ends after `rounds` (0: no limit) or `seconds` (0: no limit); at least one must be set.
void ruin_and_recreate(WitnessBook& book, const Satisfy& satisfy, double seconds, std::uint64_t rounds, std::uint64_t seed);

}  // namespace candour::protect
