# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reduces what selftests/bench prints to one number for each operation and
# configuration, prints a table, and writes JSON to the file named by the
# variable json.
#
# A number is the median over the rounds of a round's median.  Where slabs are
# refilled and mounts are freed after a grace period, medians jump between two
# values, and minima are repeatable: those are taken instead.

BEGIN {
	split("mount mount_umount fork_unshare", names)
	for (i in names)
		by_minimum[names[i]] = 1
}

function fail(text)
{
	printf "bench: %s\n", text > "/dev/stderr"
	failed = 1
	exit 1
}

# The median of values[1..count], which get sorted.
function median(values, count,    i, j, value)
{
	for (i = 2; i <= count; i++) {
		value = values[i]
		for (j = i - 1; j && values[j] > value; j--)
			values[j + 1] = values[j]
		values[j + 1] = value
	}
	return values[int((count + 1) / 2)]
}

$1 == "configuration" {
	current = configurations[++configuration_count] = $2
	next
}
$1 == "kernel" { kernel[current] = $2; next }
$1 == "mounts" { mounts[current] = $2; next }
$1 == "control" {
	controls[current] = controls[current] \
		sprintf("%s\"%s\": \"%s\"", controls[current] ? ", " : "", $2, $3)
	next
}
$1 == "round" {
	if (!($2 in known)) {
		known[$2] = 1
		operations[++operation_count] = $2
	}
	at = ++rounds[current, $2]
	medians[current, $2, at] = $3
	means[current, $2, at] = $4
	minima[current, $2, at] = $5
	next
}

# The number of an operation in a configuration.
function reduce(configuration, operation,    i, count, values)
{
	count = rounds[configuration, operation]
	if (!count)
		fail(configuration " has no " operation)
	for (i = 1; i <= count; i++)
		values[i] = operation in by_minimum ? \
			minima[configuration, operation, i] : \
			medians[configuration, operation, i]
	return median(values, count)
}

function reduce_all(    c, o)
{
	for (c = 1; c <= configuration_count; c++)
		for (o = 1; o <= operation_count; o++)
			result[c, o] = reduce(configurations[c], operations[o])
}

function print_table(    c, o)
{
	printf "%-16s", "instructions"
	for (c = 1; c <= configuration_count; c++)
		printf " %9s", configurations[c]
	print ""
	for (o = 1; o <= operation_count; o++) {
		printf "%-16s %9d", operations[o] \
			(operations[o] in by_minimum ? " (min)" : ""), result[1, o]
		for (c = 2; c <= configuration_count; c++)
			printf " %+9d", result[c, o] - result[1, o]
		print ""
	}
}

function json_list(values, configuration, operation,    i, text)
{
	for (i = 1; i <= rounds[configuration, operation]; i++)
		text = text (i > 1 ? ", " : "") \
			values[configuration, operation, i]
	return "[" text "]"
}

function write_json(    c, o, name)
{
	printf "{\n  \"unit\": \"instructions\",\n" > json
	printf "  \"configurations\": [" > json
	for (c = 1; c <= configuration_count; c++) {
		name = configurations[c]
		printf "%s\n    {\n      \"name\": \"%s\",\n", \
			(c > 1 ? "," : ""), name > json
		printf "      \"kernel\": \"%s\",\n      \"mounts\": %d,\n", \
			kernel[name], mounts[name] > json
		printf "      \"controls\": { %s },\n", controls[name] > json
		printf "      \"operations\": [" > json
		for (o = 1; o <= operation_count; o++) {
			printf "%s\n        { \"name\": \"%s\", ", \
				(o > 1 ? "," : ""), operations[o] > json
			printf "\"of\": \"%s\", \"value\": %d, ", \
				(operations[o] in by_minimum ? \
				"minimum" : "median"), result[c, o] > json
			printf "\"medians\": %s, \"means\": %s, \"minima\": %s }", \
				json_list(medians, name, operations[o]), \
				json_list(means, name, operations[o]), \
				json_list(minima, name, operations[o]) > json
		}
		printf "\n      ]\n    }" > json
	}
	printf "\n  ]\n}\n" > json
	if (close(json))
		fail("cannot write " json)
}

END {
	if (failed)
		exit 1
	if (!operation_count)
		fail("nothing was measured")
	reduce_all()
	print_table()
	write_json()
}
