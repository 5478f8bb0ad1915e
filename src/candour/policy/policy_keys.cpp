#include <candour/policy/policy_keys.hpp>

#include <vector>

namespace candour::policy {

std::span<const base::KeyTable> policy_keys() {
  using enum base::KeyForm;
  using enum base::Presence;
  static const std::vector<base::KeyTable> keys = {
      {"",
       "What may not be learnt.",
       {{"name", text, required, "The policy's name, as certificate and seal show it."},
        {"version", text, required, "Its version: change it with every change of a figure."},
        {"minimum_frequency", whole_number, required, "Counts of 1 up to this number less one, of people or of records, are protected. With 1 nothing is."},
        {"p_percent", whole_number, required,
         "Where fewer people than the minimum stand behind enough records: how close, in per cent, anybody may come to the largest one's share."},
        {"group_disclosure", truth, required, "Whether it is a leak that all members of a group are seen to share a sensitive category."},
        {"zeros",
         one_of_words,
         required,
         "Whether zeros are always shown (a hidden cell is at least 1), or some of them are hidden too (it may be 0).",
         {"always-shown", "may-be-hidden"}},
        {"people_unknown", one_of_words, required, "What happens where a holding does not tell people apart.", {"accepted-with-mark", "forbidden"}},
        {"treatments", list_of_texts, optional,
         "How finer figures may be given where they cannot all be exact: \"suppress\" hides cells; \"mark\" puts a finer table beside the others, in which "
         "cells "
         "are hidden wherever need be, noughts among them; \"round\" rounds figures to multiples of rounding_base, \"cell-key\" changes them as [cell_key] "
         "says; "
         "only one of the last two. Without the key: [\"suppress\"]."},
        {"rounding_base", whole_number, optional, "What figures are rounded to a multiple of, 2 to 1000; goes with \"round\" among the treatments."},
        {"cell_key", table, optional, "How figures are changed; goes with \"cell-key\" among the treatments."},
        {"most_plans", whole_number, required, "The limit of the search, in plans tried. Counted, not timed, so that every run gives the same answer."},
        {"noise_budget", number, optional,
         "How much privacy all tables with noise about one population may cost together, as rho of zero-concentrated differential privacy: a table with noise "
         "of "
         "variance V costs 1/(2V), and what a reader can average from them has a variance of 1/(2 rho). The register of releases counts what is spent. Left "
         "out: up "
         "to where averaging would more likely than not give a count away (about 1.8)."},
        {"rests_on_finding", text, optional,
         "The id of a finding \"no-route\": a named person found no way from the figures to a person. Every case answered under this policy has to record it. "
         "A "
         "policy that protects no count needs one."},
        {"intruder", list_of_tables, required, "Against whom protection must hold. All of them have read the whole answer."}}},
      {"cell_key",
       "Noise in finer figures, drawn by the key of the authority.",
       {{"most_noise", whole_number, required,
         "The largest change, 1 to 1000: at least minimum_frequency and the largest coalition_size together, so that a 0 can stand for as many."},
        {"variance", whole_number, required, "The variance of the change, 1 to 1000: large enough that every change up to most_noise does happen."},
        {"forbidden", whole_number, optional, "No changed figure from 1 to this number; 0 or left out: none is forbidden."}}},
      {"intruder",
       "One intruder.",
       {{"name", text, required, "The intruder's name, as the proof shows it."},
        {"kind",
         one_of_words,
         required,
         "The public knows what is published; one who knows presence also knows that a certain person is in the data and what identifies them; people in the "
         "data know their own records.",
         {"public", "knows-presence", "person-in-the-data", "people-in-the-data"}},
        {"coalition_size", whole_number, optional, "For people in the data: how many compare notes, 2 to 5."}}}};
  return keys;
}

}  // namespace candour::policy
