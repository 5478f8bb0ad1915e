#!/usr/bin/env python3
"""scripts/check_layers finds a planted fault of every rule: of the wall, of the table, of includes, of links, of abilities kept in one place."""
import importlib.machinery
import importlib.util
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "scripts" / "check_layers"


def load_script():
    loader = importlib.machinery.SourceFileLoader("check_layers", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_layers", loader))
    loader.exec_module(module)
    return module


RULES = load_script().Rules(ROOT / "docs" / "reference" / "layers.md")
# Every pair that the wall forbids, and every pair that the table forbids.
WALL = sorted((layer, other) for layer, none_of in RULES.wall for other in none_of)
TABLE = sorted((layer, other) for layer, reach in RULES.allowed.items() if reach is not None for other in RULES.folders if other != layer and other not in reach)


def check(root, *arguments):
    return subprocess.run([str(SCRIPT), "--root", str(root), *map(str, arguments)], capture_output=True, text=True, check=False)


class CopyOfTheSources(unittest.TestCase):
    """Each test plants into a copy of the sources, and takes out again."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.temporary.name)
        shutil.copytree(ROOT / "src", cls.root / "src")
        (cls.root / "docs" / "reference").mkdir(parents=True)
        shutil.copy(ROOT / "docs" / "reference" / "layers.md", cls.root / "docs" / "reference")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def setUp(self):
        self.planted = []

    def tearDown(self):
        for file in reversed(self.planted):
            file.unlink()

    def plant(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        self.assertFalse(file.exists(), f"{path} is there already")
        file.write_text(text, encoding="utf-8")
        self.planted.append(file)

    def header(self, layer, name="planted_target.hpp"):
        return f"candour/{RULES.folders[layer]}/{name}"

    def assert_found(self, *words, arguments=()):
        outcome = check(self.root, *arguments)
        self.assertEqual(outcome.returncode, 1, f"not found: {words}")
        for word in words:
            self.assertIn(word, outcome.stderr)
        return outcome.stderr

    def assert_pair(self, layer, other, why):
        self.assert_found(f"{layer} may not reach {other} ({why})")


class PlantedIncludes(CopyOfTheSources):
    def test_the_copy_without_a_plant_is_without_fault(self):
        outcome = check(self.root)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)

    def test_an_include_that_wall_or_table_forbid_is_found_for_every_pair(self):
        for layer, other in TABLE:
            self.plant(f"src/{self.header(layer, f'planted_{other}.hpp')}", f"#pragma once\n#include <{self.header(other)}>\n")
        for layer in RULES.folders:
            self.plant(f"src/{self.header(layer)}", "#pragma once\n")
        errors = check(self.root).stderr
        for layer, other in TABLE:
            why = "the wall" if (layer, other) in WALL else "the layer table"
            self.assertIn(f"src/{self.header(layer, f'planted_{other}.hpp')}:2 -> src/{self.header(other)}: {layer} may not reach {other} ({why})", errors)

    def test_an_include_across_the_wall_is_found_behind_a_header_that_is_allowed(self):
        for layer, other in WALL:
            self.plant(f"src/{self.header(layer, f'planted_{other}.cpp')}", f"#include <candour/base/planted_{layer}_{other}.hpp>\n")
            self.plant(f"src/candour/base/planted_{layer}_{other}.hpp", f"#pragma once\n  #  include <{self.header(other)}>\n")
        for layer in RULES.folders:
            self.plant(f"src/{self.header(layer)}", "#pragma once\n")
        errors = check(self.root).stderr
        for layer, other in WALL:
            way = f"planted_{other}.cpp:1 -> src/candour/base/planted_{layer}_{other}.hpp:2 -> src/{self.header(other)}"
            self.assertIn(f"{way}: {layer} may not reach {other} (the wall)", errors)

    def test_every_pair_of_the_wall_is_one_that_the_table_does_not_allow(self):
        self.assertEqual([pair for pair in WALL if pair not in TABLE], [])

    def test_an_include_by_relative_path_is_followed(self):
        self.plant("src/candour/truth/planted_target.hpp", "#pragma once\n")
        self.plant("src/candour/release/planted.hpp", '#pragma once\n#include "../truth/planted_target.hpp"\n')
        self.assert_pair("release", "truth", "the wall")

    def test_an_include_that_is_computed_is_a_fault(self):
        self.plant("src/candour/release/planted.hpp", "#pragma once\n#define WHERE <candour/truth/population.hpp>\n#include WHERE\n")
        self.assert_found("planted.hpp:3: an include that is computed cannot be checked")

    def test_an_include_in_a_comment_or_a_string_is_none(self):
        self.plant("src/candour/release/planted.hpp", '#pragma once\n// #include <candour/truth/population.hpp>\n/*\n#include <candour/truth/population.hpp>\n*/\n')
        self.assertEqual(check(self.root).returncode, 0)

    def test_a_folder_that_the_table_does_not_know_is_a_fault(self):
        self.plant("src/candour/elsewhere/planted.hpp", "#pragma once\n")
        self.assert_found("src/candour/elsewhere/planted.hpp: stands in no layer")

    def test_the_solvers_are_kept_in_one_file(self):
        self.plant("src/candour/attack/planted.cpp", "#include <coin/ClpSimplex.hpp>\n")
        self.assert_found("attack/planted.cpp:1: Clp and Cbc is kept in solve/*.cpp")

    def test_a_second_solver_file_in_the_right_folder_is_a_fault_too(self):
        self.plant("src/candour/solve/planted.cpp", '#include "CbcModel.hpp"\n')
        self.plant("src/candour/solve/planted_too.cpp", "#include <coin/ClpSimplex.hpp>\n")
        self.assert_found("one file of them: stands in")

    def test_only_base_publish_casework_and_cli_write_files(self):
        lines = ['std::ofstream out("x");', 'FILE* f = fopen("x", "w");', 'int h = ::open("x", O_WRONLY);', 'base::write_file_whole("x", "y");', 'fs::create_directories("x");']
        places = ("release", "certify", "attack", "protect", "notice")
        for place in places:
            for number, line in enumerate(lines):
                self.plant(f"src/candour/{place}/planted_{number}.cpp", f"void write() {{ {line} }}\n")
        errors = check(self.root).stderr
        for place in places:
            for number in range(len(lines)):
                self.assertIn(f"{place}/planted_{number}.cpp:1: writing files", errors)

    def test_the_clock_and_the_dice_are_kept_in_base(self):
        self.plant("src/candour/release/planted.cpp", "auto now() { return std::chrono::system_clock::now(); }\n")
        self.assert_found("release/planted.cpp:1: clock and dice")

    def test_databases_mail_and_patterns_are_kept_in_their_rooms(self):
        self.plant("src/candour/release/planted.cpp", "#include <sqlite3.h>\n")
        self.plant("src/candour/casework/planted.cpp", "#include <libpq-fe.h>\n")
        self.plant("src/candour/casework/planted_too.cpp", "#include <gmime/gmime.h>\n")
        self.plant("src/candour/policy/planted.cpp", "#include <re2/re2.h>\n")
        self.assert_found("release/planted.cpp:1: SQLite and PostgreSQL", "casework/planted.cpp:1: SQLite and PostgreSQL",
                          "casework/planted_too.cpp:1: e-mails and their HTML", "policy/planted.cpp:1: patterns over letters")

    def test_the_oracle_includes_only_base_table_and_itself(self):
        self.plant("tests/oracle/oracle.hpp", "#include <candour/attack/attack.hpp>\n")
        self.plant("tests/oracle/oracle.cpp", '#include <vector>\n#include "oracle.hpp"\n#include "helper.hpp"\n')
        self.plant("tests/oracle/helper.hpp", "#include <candour/attack/attack.hpp>\n")
        errors = self.assert_found("tests/oracle/oracle.hpp:1: this test stays independent", "tests/oracle/oracle.cpp:3: this test stays independent")
        self.assertNotIn("oracle.cpp:2:", errors)


class PlantedLinks(CopyOfTheSources):
    """The same for the link graph, in a build made of nothing but libraries and edges."""

    def project(self, planted, more=""):
        """A CMake project with every layer, every edge that is allowed, and the planted ones."""
        lines = ["cmake_minimum_required(VERSION 3.25)", "project(planted LANGUAGES NONE)"]
        lines += [f"add_library(candour_{layer} INTERFACE)" for layer in RULES.folders]
        for layer, reach in RULES.allowed.items():
            lines += [f"target_link_libraries(candour_{layer} INTERFACE candour_{other})" for other in sorted(reach if reach is not None else RULES.folders) if other != layer]
        lines += [f"target_link_libraries(candour_{layer} INTERFACE candour_{other})" for layer, other in planted]
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.root))
        (folder / "CMakeLists.txt").write_text("\n".join(lines) + "\n" + more, encoding="utf-8")
        subprocess.run(["cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja"], capture_output=True, check=True)
        return folder / "build"

    def test_every_allowed_edge_at_once_is_without_fault(self):
        outcome = check(self.root, self.project([]))
        self.assertEqual(outcome.returncode, 0, outcome.stderr)

    def test_a_declared_edge_across_the_wall_is_found_for_every_pair(self):
        errors = check(self.root, self.project(WALL)).stderr
        for layer, other in WALL:
            self.assertIn(f"link (declared): candour_{layer} -> candour_{other}: {layer} may not reach {other} (the wall)", errors)

    def test_a_library_that_is_no_layer_is_a_fault_where_a_layer_reaches_it(self):
        lines = "add_library(candour_helper INTERFACE)\ntarget_link_libraries(candour_helper INTERFACE candour_truth)\n"
        self.assertEqual(check(self.root, self.project([], lines)).returncode, 0)
        build = self.project([], lines + "target_link_libraries(candour_release INTERFACE candour_helper)\n")
        self.assert_found("release may not reach helper (it stands in no layer)", "release may not reach truth (the wall)", arguments=[build])

    def test_a_declared_edge_is_found_behind_one_that_is_allowed(self):
        self.assert_found("release may not reach truth (the wall)", "table may not reach truth", arguments=[self.project([("table", "truth")])])

    def test_a_symbol_taken_from_behind_the_wall_without_a_declared_edge_is_found(self):
        build = self.project([])
        for name, text in {"truth": "int hidden_count(void) { return 3; }", "release": "int hidden_count(void); int letter(void) { return hidden_count(); }"}.items():
            (build / f"{name}.c").write_text(text, encoding="utf-8")
            subprocess.run(["cc", "-c", f"{name}.c", "-o", f"{name}.o"], cwd=build, check=True)
            subprocess.run(["ar", "cr", f"libcandour_{name}.a", f"{name}.o"], cwd=build, check=True)
        self.assert_found("link (real): candour_release -> candour_truth: release may not reach truth (the wall)", arguments=[build])


class TheRulesThemselves(unittest.TestCase):
    def test_an_edit_of_the_table_alone_does_not_open_the_wall(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            page = (ROOT / "docs" / "reference" / "layers.md").read_text(encoding="utf-8")
            opened = page.replace("| release | release | base,", "| release | release | truth, base,")
            self.assertNotEqual(page, opened)
            (root / "docs" / "reference").mkdir(parents=True)
            (root / "docs" / "reference" / "layers.md").write_text(opened, encoding="utf-8")
            (root / "src/candour/truth").mkdir(parents=True)
            (root / "src/candour/release").mkdir()
            (root / "src/candour/truth/t.hpp").write_text("#pragma once\n", encoding="utf-8")
            (root / "src/candour/release/r.hpp").write_text("#pragma once\n#include <candour/truth/t.hpp>\n", encoding="utf-8")
            outcome = check(root)
            self.assertEqual(outcome.returncode, 1)
            self.assertIn("release may not reach truth (the wall)", outcome.stderr)

    def test_a_page_without_its_tables_stops_the_check(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "docs/reference").mkdir(parents=True)
            (pathlib.Path(folder) / "docs/reference/layers.md").write_text("# Layers\n", encoding="utf-8")
            self.assertEqual(check(folder).returncode, 2)


if __name__ == "__main__":
    unittest.main()
