"""What tests of several kinds (unit, contract, crash) work on: records, objects, parts; a module for each package."""
