# What a newcomer needs; the build itself is CMake (CMakePresets.json).
.PHONY: help build example test sanitize quick night tsan format lint docs golden count header-check clean
JOBS ?= $(shell nproc)

help:
	@echo "make build     the program at build/bin/candour and its manual pages"
	@echo "make example   answer the example request and say where its files lie"
	@echo "make quick     the tests that need no service, without sanitizers"
	@echo "make test      every test (WITHOUT=chromium,... leaves some out, aloud)"
	@echo "make sanitize  the same with address and undefined-behaviour sanitizers; takes much longer"
	@echo "make night     what takes hours; writes docs/reference/night.md"
	@echo "make tsan      the tests of parallel code under the thread sanitizer"
	@echo "make format    clang-format        make lint    clang-tidy and shellcheck"
	@echo "make docs      write what is generated in docs/reference"
	@echo "make golden    write the expected output of the command line's cases anew"
	@echo "make count     write tests/registered_tests.txt anew"

build:
	@scripts/install_packages core
	@cmake --preset release >build.log 2>&1 || { cat build.log; rm -f build.log; exit 1; }; rm -f build.log
	@cmake --build build -j $(JOBS)
	@build/bin/candour_manual pages docs/man build/man/man1

example: build
	@examples/operation-alder/run

quick:
	@scripts/install_packages core test
	@scripts/run_tests quick

test:
	@scripts/install_packages all
	@scripts/run_tests all

sanitize:
	@scripts/install_packages all
	@scripts/run_tests dev

night:
	@scripts/install_packages all
	@scripts/run_night

tsan:
	@scripts/install_packages all
	@scripts/run_tests tsan

format:
	@scripts/install_packages develop
	@git ls-files '*.cpp' '*.hpp' | grep -v '/vendored/' | xargs -P $(JOBS) -n 8 clang-format -i

lint:
	@scripts/install_packages develop
	@scripts/lint

docs:
	@cmake --preset quick >/dev/null && cmake --build build/quick -j $(JOBS) --target candour_manual
	@scripts/write_docs build/quick

golden:
	@cmake --preset dev >/dev/null && cmake --build build/dev -j $(JOBS) --target candour
	@tests/cli/run_cases build/dev/bin/candour --rewrite

count:
	@scripts/registered_tests build/quick --write

clean:
	@rm -rf build
