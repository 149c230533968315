# Runs queries over rows with duckdb-kql, which translates KQL to DuckDB's SQL by Microsoft's grammar. Reads from standard
# input {"columns": {name: type}, "tables": {name: [row]}, "queries": [text]}, and writes one answer for each query:
# {"columns": {name: type}, "rows": [row]} or {"error": text}.
import json
import sys

import duckdb_kql

TYPES = {"string": "VARCHAR", "dynamic": "JSON"}


def cell(value, type_):
    if type_ == "dynamic":
        return None if value is None else json.dumps(value)
    return value


def answer(connection, text):
    try:
        result = duckdb_kql.query(connection, text)
        types = [str(type_) for type_ in result.types]
        rows = result.fetchall()
    except Exception as error:  # whatever it is, it is what the query is answered
        return {"error": f"{type(error).__name__}: {error}"}
    return {
        "columns": dict(zip(result.columns, types)),
        "rows": [
            {
                name: json.loads(value) if type_ == "JSON" and value is not None else value
                for name, type_, value in zip(result.columns, types, row)
            }
            for row in rows
        ],
    }


def filled(asked):
    columns = asked["columns"]
    connection = duckdb_kql.connect()
    for table, rows in asked["tables"].items():
        connection.sql(f"create table {table} ({', '.join(f'{name} {TYPES[type_]}' for name, type_ in columns.items())})")
        if rows:
            connection.executemany(
                f"insert into {table} values ({', '.join('?' * len(columns))})",
                [[cell(row[name], type_) for name, type_ in columns.items()] for row in rows],
            )
    return connection


def main():
    if "--serve" in sys.argv:
        # A line with columns and tables, then a line for each query, which is answered with a line.
        connection = filled(json.loads(sys.stdin.readline()))
        for line in sys.stdin:
            print(json.dumps(answer(connection, json.loads(line)), default=str), flush=True)
        return
    asked = json.load(sys.stdin)
    connection = filled(asked)
    json.dump([answer(connection, text) for text in asked["queries"]], sys.stdout, default=str)


main()
