// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is executed: the arguments as the caller gave them, and every file
 * that becomes code.
 *
 * Arguments are judged at bprm_creds_for_exec, because a script's loader
 * rewrites them later.  The files come one by one: each of a chain of
 * interpreters, the dynamic loader, libraries.  What an allowed exec changes
 * is done at bprm_creds_from_file, the last hook that can fail cleanly.
 */

#include <linux/binfmts.h>
#include <linux/fs_struct.h>
#include <linux/lsm_hooks.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/slab.h>

#include "args.h"
#include "audit.h"
#include "bind.h"
#include "common.h"
#include "domain.h"
#include "exec.h"
#include "measured.h"
#include "path.h"
#include "policy.h"
#include "sealed.h"
#include "setup.h"
#include "task.h"

/**
 * struct exec - An exec that is being judged
 *
 * @domain: Domain of current.
 * @role: One of MND_ROLE_*: as what current executes.
 * @as_uvm: By the rules of the UVM, not by those of a container.
 * @alone: Nobody else can have changed the root directory of current.
 * @root: Root directory of current when it was looked at; counted, unless
 *	@alone.
 * @path: What the caller wants to execute.
 * @request: The facts, for the engine.
 * @signals: Signals that may be sent to the new program from outside.
 */
struct exec {
	const struct mandate_domain *domain;
	u32 role;
	bool as_uvm;
	bool alone;
	struct path root;
	const char *path;
	struct mnd_exec_request request;
	u64 signals;
};

/* The subjects that the policy of @layer asks. */
static const struct mnd_candidates *
candidates_of(const struct mandate_domain *const domain,
	      const struct mandate_domain *const layer, const bool as_uvm)
{
	return as_uvm ? &rcu_dereference(layer->policy)->uvm :
			mandate_instance_candidates(domain->instance, layer);
}

static int deny_exec(const struct exec *const exec,
		     const struct mandate_domain *const layer,
		     const struct mnd_verdict *const verdict)
{
	struct mandate_denial denial = {
		.operation = MANDATE_OPERATION_EXEC,
		.error = -EACCES,
		.domain = exec->domain,
		.layer = layer,
		.verdict = verdict,
		.path = exec->path,
	};
	const char *arg = exec->request.args;
	char number[sizeof("4294967295")];
	u32 i;

	switch (verdict->dimension) {
	case MND_DIMENSION_ARGV:
		for (i = 0; i < verdict->index; i++)
			arg += strlen(arg) + 1;
		denial.got = arg;
		denial.got_size = strlen(arg);
		break;
	case MND_DIMENSION_ARGC:
		denial.got = number;
		denial.got_size = scnprintf(number, sizeof(number), "%u",
					    exec->request.argc);
		break;
	case MND_DIMENSION_FILE:
		denial.got = exec->request.file ?: exec->path;
		denial.got_size = strlen(denial.got);
		break;
	default:
		break;
	}
	return mandate_deny(&denial);
}

/* Lets every policy that binds the domain judge; the strictest wins. */
static int ask_layers(struct exec *const exec)
{
	const u64 kept = mandate_task(current)->signals;
	const struct mandate_domain *layer;
	struct mnd_verdict verdict;
	int err = 0;

	exec->signals = ~0ULL;
	rcu_read_lock();
	for (layer = rcu_dereference(exec->domain->layer); layer && !err;
	     layer = mandate_next_layer(layer)) {
		const struct mandate_policy *const policy =
			rcu_dereference(layer->policy);

		/* A bound container has one candidate: none can be lost. */
		if (!mnd_decide_exec(&policy->table,
				     candidates_of(exec->domain, layer,
						   exec->as_uvm),
				     &exec->request, NULL, &verdict))
			err = deny_exec(exec, layer, &verdict);
		exec->signals &= verdict.signals |
				 (verdict.keep_signals ? kept : 0);
	}
	rcu_read_unlock();
	return err;
}

static bool wants_paths(const struct exec *const exec)
{
	const struct mandate_domain *layer;
	bool wants = false;

	rcu_read_lock();
	for (layer = rcu_dereference(exec->domain->layer); layer && !wants;
	     layer = mandate_next_layer(layer))
		wants = rcu_dereference(layer->policy)->has_file_rules;
	rcu_read_unlock();
	return wants;
}

/*
 * Whether the name that the caller gave leads to the file.  It was looked up
 * before anybody knew that this exec would be judged, and who shares the root
 * directory may have had another one in its place just for that.
 */
static bool is_true_name(const struct exec *const exec,
			 const struct linux_binprm *const bprm)
{
	struct path path;
	bool same;

	if (exec->alone)
		return true;
	/* Nor does a rule take another one. */
	if (bprm->filename[0] != '/')
		return false;
	if (vfs_path_lookup(exec->root.dentry, exec->root.mnt, bprm->filename,
			    LOOKUP_FOLLOW, &path))
		return false;
	same = path.dentry == bprm->file->f_path.dentry;
	path_put(&path);
	return same;
}

/* Judges an exec by its arguments. */
static int judge_arguments(struct exec *const exec,
			   struct linux_binprm *const bprm)
{
	struct mandate_args args;
	char *buffer = NULL;
	int err;

	err = mandate_args_read(bprm, &args);
	if (err) {
		err = mandate_cannot_judge(err);
		goto out_release;
	}
	if (wants_paths(exec)) {
		buffer = kmalloc(PATH_MAX, GFP_KERNEL);
		if (!buffer) {
			err = mandate_cannot_judge(-ENOMEM);
			goto out_release;
		}
		exec->request.file = mandate_path(&bprm->file->f_path, buffer);
	}
	exec->request.role = exec->role;
	exec->request.args = args.text;
	exec->request.size = args.size;
	exec->request.argc = bprm->argc;
	exec->request.name = is_true_name(exec, bprm) ? exec->path : "";
	exec->request.measured = mandate_is_measured(bprm->file);
	err = ask_layers(exec);
	kfree(buffer);
out_release:
	mandate_args_release(&args);
	return err;
}

/* Whether a rule must be found, or looking at the files is enough. */
static bool needs_rule(const struct exec *const exec)
{
	const struct mandate_domain *layer;
	bool needs = false;

	if (exec->role != MND_ROLE_INSIDE)
		return true;
	rcu_read_lock();
	for (layer = rcu_dereference(exec->domain->layer); layer && !needs;
	     layer = mandate_next_layer(layer))
		needs = mnd_has_listed(&rcu_dereference(layer->policy)->table,
				       candidates_of(exec->domain, layer,
						     exec->as_uvm));
	rcu_read_unlock();
	return needs;
}

/* Whether all policies leave alone who acts as the UVM. */
static bool uvm_is_free(const struct mandate_domain *const domain)
{
	const struct mandate_domain *layer;
	bool is_free = true;

	rcu_read_lock();
	for (layer = rcu_dereference(domain->layer); layer && is_free;
	     layer = mandate_next_layer(layer))
		is_free = mandate_frees_uvm(rcu_dereference(layer->policy));
	rcu_read_unlock();
	return is_free;
}

/* A path means what a rule's author thinks only from the right root. */
static bool root_is_right(const struct exec *const exec)
{
	if (exec->role == MND_ROLE_ENTRY)
		return !mandate_is_uvm_root(&exec->root);
	if (exec->as_uvm)
		return mandate_is_uvm_root(&exec->root);
	return exec->root.dentry == exec->domain->instance->root.dentry;
}

/*
 * What speaks against the exec before any rule is asked.  Who comes into a
 * container must not bring along somebody outside who holds it by its root
 * directory, or as its tracer.
 */
static enum mnd_dimension obstacle(const struct exec *const exec,
				   const struct linux_binprm *const bprm)
{
	if (exec->role != MND_ROLE_INSIDE && (bprm->unsafe & LSM_UNSAFE_SHARE))
		return MND_DIMENSION_SHARED;
	if (exec->role != MND_ROLE_INSIDE && (bprm->unsafe & LSM_UNSAFE_PTRACE))
		return MND_DIMENSION_TRACED;
	return root_is_right(exec) ? MND_DIMENSION_NONE : MND_DIMENSION_ROOT;
}

/* What current executes as. */
static u32 role_of(const struct mandate_domain *const domain)
{
	switch (mandate_current_actor()) {
	case MANDATE_ACTOR_MEMBER:
		return MND_ROLE_INSIDE;
	case MANDATE_ACTOR_OUTSIDER:
		return MND_ROLE_EXEC;
	case MANDATE_ACTOR_UVM:
		break;
	}
	/*
	 * A namespace acts as the UVM while its root is the UVM's own.  The
	 * first program from another root is a container's.
	 */
	if (mandate_instance_phase(domain->instance) == MANDATE_PHASE_SETUP &&
	    !mandate_at_uvm_root())
		return MND_ROLE_ENTRY;
	return MND_ROLE_INSIDE;
}

static int judge_from_root(struct exec *const exec,
			   struct linux_binprm *const bprm)
{
	struct mandate_task *const task = mandate_task(current);
	const enum mnd_dimension against = obstacle(exec, bprm);
	int err;

	if (against != MND_DIMENSION_NONE) {
		err = mandate_deny_because(MANDATE_OPERATION_EXEC, against,
					   -EACCES);
		if (err)
			return err;
	}
	err = judge_arguments(exec, bprm);
	if (err)
		return err;
	task->root = exec->root.dentry;
	task->new_signals = exec->signals;
	task->pending = exec->role;
	return 0;
}

static int judge_exec(struct linux_binprm *const bprm)
{
	struct exec exec = {
		.domain = mandate_current_domain(),
		.path = bprm->filename,
	};
	int err;

	exec.role = role_of(exec.domain);
	exec.as_uvm = exec.role == MND_ROLE_INSIDE &&
		      mandate_current_actor() == MANDATE_ACTOR_UVM;
	if (exec.role == MND_ROLE_ENTRY &&
	    !mandate_instance_is_bound(exec.domain->instance)) {
		/* Nobody said which container this is to be. */
		if (uvm_is_free(exec.domain))
			return 0;
		return mandate_deny_because(MANDATE_OPERATION_EXEC,
					    MND_DIMENSION_SUBJECT, -EACCES);
	}
	if (!needs_rule(&exec))
		return 0;
	exec.alone = exec.role == MND_ROLE_INSIDE &&
		     !mandate_task(current)->shared_root;
	if (exec.alone) {
		exec.root = current->fs->root;
		return judge_from_root(&exec, bprm);
	}
	get_fs_root(current->fs, &exec.root);
	err = judge_from_root(&exec, bprm);
	path_put(&exec.root);
	return err;
}

/* Until there is a policy only files of the measured root may be code. */
static int closed_door(const struct file *const file,
		       const enum mandate_operation operation)
{
	if (mandate_use_measured(file))
		return 0;
	return mandate_deny_because(operation, MND_DIMENSION_POLICY, -EACCES);
}

static int hook_bprm_creds_for_exec(struct linux_binprm *const bprm)
{
	mandate_task(current)->pending = 0;
	if (mandate_current_actor() != MANDATE_ACTOR_MEMBER)
		mandate_accept_sealed_copy(bprm->file);
	if (!mandate_has_policy())
		return 0;
	return judge_exec(bprm);
}

static int deny_file(const struct mandate_domain *const domain,
		     const struct mandate_domain *const layer,
		     const struct mnd_verdict *const verdict,
		     const struct file *const file,
		     const enum mandate_operation operation)
{
	char *const buffer = kmalloc(PATH_MAX, GFP_ATOMIC | __GFP_NOWARN);
	const char *path = NULL;
	int err;

	if (buffer)
		path = mandate_path(file_user_path(file), buffer);
	err = mandate_deny(&(struct mandate_denial){
		.operation = operation,
		.error = -EACCES,
		.domain = domain,
		.layer = layer,
		.verdict = verdict,
		.path = path,
	});
	kfree(buffer);
	return err;
}

/*
 * Whether the code of current is judged by the rules of its container: that
 * of a member, and that of the program which is about to become one.  A
 * runtime that has joined stays code of the UVM until then, so a library of
 * the container never gets into it.
 */
static bool is_containers_code(void)
{
	const u32 pending = mandate_task(current)->pending;

	return mandate_current_actor() == MANDATE_ACTOR_MEMBER ||
	       (current->in_execve &&
		(pending == MND_ROLE_ENTRY || pending == MND_ROLE_EXEC));
}

/* Judges a file that is about to become code of current. */
static int judge_file(const struct file *const file,
		      const enum mandate_operation operation)
{
	const struct mandate_domain *const domain = mandate_current_domain();
	const bool as_uvm = !is_containers_code();
	const struct mandate_domain *layer;
	struct mnd_verdict verdict;
	int err = 0;
	static const struct mnd_verdict detached = {
		.dimension = MND_DIMENSION_DETACHED,
		.subject = MND_NONE,
		.rule = MND_NONE,
		.want = MND_MATCH_ANY,
	};

	if (!mandate_has_policy())
		return closed_door(file, operation);

	rcu_read_lock();
	/* An overlay's user maps the file below, and is in the mount above. */
	if (!as_uvm && !our_mnt(file_user_path(file)->mnt))
		err = deny_file(domain, rcu_dereference(domain->layer),
				&detached, file, operation);
	for (layer = rcu_dereference(domain->layer); layer && !err;
	     layer = mandate_next_layer(layer)) {
		const struct mandate_policy *const policy =
			rcu_dereference(layer->policy);
		const struct mnd_candidates *const candidates =
			candidates_of(domain, layer, as_uvm);

		if (!mnd_decide_file(&policy->table, candidates, false,
				     &verdict) &&
		    !mandate_use_measured(file))
			err = deny_file(domain, layer, &verdict, file,
					operation);
	}
	rcu_read_unlock();
	return err;
}

static int hook_bprm_check_security(struct linux_binprm *const bprm)
{
	return judge_file(bprm->file, MANDATE_OPERATION_EXEC);
}

/*
 * The dynamic loader is opened in the middle of an exec, and no other exec hook
 * sees it.  The program itself is opened before anybody knows as what current
 * executes it; that comes to hook_bprm_check_security().
 */
static int hook_file_open(struct file *const file)
{
	if (file->f_flags & __FMODE_EXEC)
		return current->in_execve ?
			       judge_file(file, MANDATE_OPERATION_EXEC) :
			       0;
	if (file->f_mode & FMODE_WRITE)
		return mandate_touch(file_inode(file));
	return 0;
}

static int hook_mmap_file(struct file *const file, const unsigned long reqprot,
			  const unsigned long prot, const unsigned long flags)
{
	if (!file || !(prot & PROT_EXEC))
		return 0;
	return judge_file(file, MANDATE_OPERATION_MAP);
}

static int hook_file_mprotect(struct vm_area_struct *const vma,
			      const unsigned long reqprot,
			      const unsigned long prot)
{
	if (!vma->vm_file || !(prot & PROT_EXEC) || (vma->vm_flags & VM_EXEC))
		return 0;
	return judge_file(vma->vm_file, MANDATE_OPERATION_MAP);
}

/* The program is known and allowed; now current becomes what it is to be. */
static int hook_bprm_creds_from_file(struct linux_binprm *const bprm,
				     const struct file *const file)
{
	struct mandate_task *const task = mandate_task(current);
	enum mnd_dimension against = MND_DIMENSION_NONE;

	if (!task->pending)
		return 0;
	if (task->pending == MND_ROLE_ENTRY)
		against = mandate_seal(mandate_current_domain(), task->root);
	if (against != MND_DIMENSION_NONE)
		return mandate_deny_because(MANDATE_OPERATION_EXEC, against,
					    -EACCES);
	WRITE_ONCE(task->signals, task->new_signals);
	if (task->pending != MND_ROLE_INSIDE)
		mandate_task_become_member(task);
	task->pending = 0;
	return 0;
}

static struct security_hook_list exec_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(bprm_creds_for_exec, hook_bprm_creds_for_exec),
	LSM_HOOK_INIT(bprm_check_security, hook_bprm_check_security),
	LSM_HOOK_INIT(bprm_creds_from_file, hook_bprm_creds_from_file),
	LSM_HOOK_INIT(file_open, hook_file_open),
	LSM_HOOK_INIT(mmap_file, hook_mmap_file),
	LSM_HOOK_INIT(file_mprotect, hook_file_mprotect),
};

__init void mandate_add_exec_hooks(void)
{
	security_add_hooks(exec_hooks, ARRAY_SIZE(exec_hooks), &mandate_lsmid);
}
